package io.arrakis.tools.kg;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;

/** Which vector stands for a token. Written {@code word_alone}, {@code embedding} or {@code hook:NAME}. */
public sealed interface TokenSource permits TokenSource.WordAlone, TokenSource.Embedding, TokenSource.AtHook {

    /** What the block of a subspace reads where the token is the whole text, between the special tokens of the model. */
    @Description(
            "What the block reads where the token is the whole text, between special tokens as the model has them.")
    record WordAlone() implements TokenSource {}

    /** The token's row of the embedding matrix. */
    @Description("The token's row of the embedding matrix.")
    record Embedding() implements TokenSource {}

    /**
     * What stands at a hook point of the residual stream, in the block of the subspaces, where the token is the whole text: at
     * {@code hook_resid_pre} the same as {@link WordAlone}, at {@code hook_resid_mid} and {@code hook_resid_post} what the block has
     * made of it, at {@code hook_embed} the embedding alone.
     *
     * @param hook {@code hook:} and the name of the hook point
     */
    @Inline
    @Description(
            "What stands at a hook point of the block where the token is the whole text, such as hook:blocks.2.hook_resid_mid.")
    record AtHook(String hook) implements TokenSource {

        private static final String PREFIX = "hook:";

        boolean hasPrefix() {
            return hook.startsWith(PREFIX);
        }

        /** Returns the name of the hook point. */
        HookName name() {
            return HookName.parse(hook.substring(PREFIX.length()));
        }
    }

    /** Returns the hook point where a block's vectors are read; not for embeddings. */
    default HookName hook(int block) {
        return this instanceof AtHook at ? at.name() : HookName.of(HookPoint.RESID_PRE, block);
    }
}
