package io.arrakis.api.model;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.stability.Stable;
import java.util.Collection;

/**
 * A transformer whose forward pass can be read and changed at every hook point.
 *
 * <p>Weights are read when they are first needed: opening reads none, a pass reads the blocks that it runs through. Passes of
 * several threads are run one after the other.
 */
@Stable
public interface HookedModel extends AutoCloseable {
    /** What is known of the model without its weights. */
    ModelDescription description();

    /**
     * A hash of everything that decides the numbers: configuration, weights and number type.
     *
     * @return lower-case hexadecimal; the first call may read all weights once
     */
    String fingerprint();

    /**
     * A hash of everything that decides some of the numbers, so that what depends on few weights does not need all of them
     * read.
     *
     * @param hooks   the hash covers what a pass reads to make their tensors: the embedding, the blocks up to the deepest, and
     *     the head where one of them lies there
     * @param weights the hash covers these too
     * @return lower-case hexadecimal; the first call may read the weights that it covers once. With nothing asked for, a hash
     *     of configuration and number type
     * @throws IllegalArgumentException if the model has no such weight
     */
    default String fingerprint(Collection<HookName> hooks, Collection<WeightName> weights) {
        return fingerprint();
    }

    /**
     * The tokenizer.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code FILE-MISSING} if the model has none
     */
    Tokenizer tokenizer();

    /** The weights, fetched one by one. */
    Weights weights();

    /**
     * Runs a batch as far as the deepest hook point that is asked for.
     *
     * <p>Values at padded positions are undefined. Neither the batch size nor the padding changes the others, but for
     * rounding: 1e-5 in float32 in models of few blocks, and what adds up over many.
     *
     * @return the tensors, owned by the caller, who closes it
     * @throws io.arrakis.api.problem.ArrakisException with {@code UNKNOWN-HOOK} if the model lacks a hook point,
     *     with {@code TOOL-INPUT} if an intervention does not fit its tensor or a token id or position is beyond its table
     */
    Capture run(TokenBatch batch, ForwardRequest request);

    /** Frees weights and closes files; a second call does nothing. Captures stay valid until they are closed. */
    @Override
    void close();
}
