package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.Problems;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tokens to be seen in subspaces, and the reference words beside them: what the operations on tokens have in common.
 *
 * @param tokens    the tokens
 * @param subspaces the step that found the subspaces
 * @param source    which vector stands for a token
 * @param reference the reference words; a sample of the vocabulary if empty
 */
record SubspaceTokens(
        TokenSet tokens, StepRef<RelationalSubspaces> subspaces, TokenSource source, Optional<TokenSet> reference) {

    static final String TOKENS = "token_ids";
    static final String REFERENCE = "reference";
    private static final String SOURCE = "source";
    private static final String SUBSPACES = "subspaces";

    /** Tokens and reference words with their vectors. */
    record Loaded(TokenVectors tokens, TokenVectors reference) {}

    void check(Planning planning, Problems problems) {
        Optional<RelationalSubspaces.Outline> outline = outline(planning);
        if (outline.isEmpty()) {
            problems.at(SUBSPACES)
                    .error(
                            ErrorCode.SPEC_REFERENCE,
                            "step '" + subspaces.step() + "' does not find subspaces",
                            "name a step that uses kg_extractor.extract_relational_subspaces");
        }
        checkListed(tokens, TOKENS, planning, problems);
        reference.ifPresent(words -> checkListed(words, REFERENCE, planning, problems));
        if (source instanceof TokenSource.AtHook hook) {
            checkHook(hook, planning.model().architecture(), outline, problems);
        }
    }

    /** Tokens of a data set are known when it is read. */
    private static void checkListed(TokenSet listed, String parameter, Planning planning, Problems problems) {
        if (listed instanceof TokenSet.OfData) {
            return;
        }
        try {
            int count = Token.resolve(listed, planning.tokenizer(), parameter).size();
            if (count < 2) {
                problems.at(parameter)
                        .error(
                                ErrorCode.TOOL_INPUT,
                                count == 0 ? "there are no tokens" : "there is one token only",
                                "give at least two different tokens");
            }
        } catch (ArrakisException e) {
            for (Problem problem : e.problems()) {
                problems.at(problem.location().origin()).error(problem.code(), problem.message(), problem.mend());
            }
        }
    }

    private static void checkHook(
            TokenSource.AtHook hook,
            Architecture architecture,
            Optional<RelationalSubspaces.Outline> outline,
            Problems problems) {
        if (!hook.hasPrefix()) {
            problems.at(SOURCE)
                    .error(
                            ErrorCode.SPEC_CHOICE,
                            "'" + hook.hook() + "' is no source of vectors",
                            "write word_alone, embedding, or hook: and the name of a hook point");
            return;
        }
        try {
            HookName name = hook.name();
            if (!architecture.has(name)) {
                problems.at(SOURCE)
                        .error(
                                ErrorCode.UNKNOWN_HOOK,
                                "this model has no hook point '" + name + "'",
                                "see arrakis model");
            } else if (!isStream(name)) {
                problems.at(SOURCE)
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "'" + name + "' is not the residual stream, which is what the subspaces are made for",
                                "name hook_embed, or a hook_resid_pre, hook_resid_mid or hook_resid_post");
            } else {
                outline.ifPresent(found -> requireSameBlock(name, found, problems));
            }
        } catch (ArrakisException e) {
            for (Problem problem : e.problems()) {
                problems.at(SOURCE).error(problem.code(), problem.message(), problem.mend());
            }
        }
    }

    private static boolean isStream(HookName name) {
        return switch (name.point()) {
            case RESID_PRE, RESID_MID, RESID_POST, EMBED -> true;
            default -> false;
        };
    }

    private static void requireSameBlock(HookName name, RelationalSubspaces.Outline outline, Problems problems) {
        outline.blocks().stream()
                .filter(block -> !belongs(name, block))
                .findFirst()
                .ifPresent(block -> problems.at(SOURCE)
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "'" + name + "' is of another block than block " + block + " of the subspaces",
                                "write word_alone, or hook: and a point of block " + block + " such as "
                                        + HookName.of(HookPoint.RESID_PRE, block)
                                        + ", for subspaces of this block alone"));
    }

    /** What leaves a block is what the next one reads; the embedding is of no block. */
    private static boolean belongs(HookName name, int block) {
        return name.block().equals(OptionalInt.of(block))
                || name.equals(HookName.residual(block))
                || name.point() == HookPoint.EMBED;
    }

    private Optional<RelationalSubspaces.Outline> outline(Planning planning) {
        return planning.outline(subspaces, RelationalSubspaces.Outline.class);
    }

    Requirements requires(Planning planning) {
        List<Integer> blocks = outline(planning).orElseThrow().blocks();
        Requirements.Builder requirements = Requirements.builder();
        reader(blocks).require(requirements, planning);
        referenceReader(blocks, planning.tokenizer()).require(requirements, planning);
        return requirements.build();
    }

    Loaded load(RelationalSubspaces found, Inputs inputs, OperationContext context) {
        return new Loaded(
                reader(found.blocks()).read(inputs, context),
                referenceReader(found.blocks(), context.tokenizer()).read(inputs, context));
    }

    private TokenReader reader(List<Integer> blocks) {
        return new TokenReader(TOKENS, tokens, source, blocks);
    }

    private TokenReader referenceReader(List<Integer> blocks, Tokenizer tokenizer) {
        return new TokenReader(REFERENCE, reference.orElseGet(() -> Reference.sample(tokenizer)), source, blocks);
    }
}
