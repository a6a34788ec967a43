package io.arrakis.runtime.plan;

import io.arrakis.api.model.Architecture;

/**
 * What a pass is going to cost.
 *
 * @param model    the model, for people
 * @param texts    where the texts are from
 * @param targets  number of matrices that are kept
 * @param missing  number of them that are not in the cache; 0 where nothing has to run
 * @param examples number of texts
 * @param tokens   number of tokens
 * @param bytes    bytes that are going to be written
 * @param seconds  a rough guess of the time
 */
public record PassEstimate(
        String model, String texts, int targets, int missing, int examples, long tokens, long bytes, double seconds) {

    /** Multiply-adds a second of one thread on a processor of 2020 or later, in large products of float32. */
    private static final double RATE = 20e9;

    /** Numbers a second that one thread fetches for tokens, adds up, normalizes and keeps: bound by memory, not by products. */
    private static final double EMBEDDING_RATE = 0.2e9;

    static PassEstimate of(
            ForwardPass pass, Architecture architecture, int missing, long bytes, int blocks, int threads) {
        long perToken = (long) blocks * blockParameters(architecture);
        double seconds = pass.texts().tokens()
                * (perToken / (RATE * threads) + architecture.dims().dModel() / EMBEDDING_RATE);
        return new PassEstimate(
                pass.model().label(),
                pass.texts().origin(),
                pass.targets().size(),
                missing,
                pass.texts().examples(),
                pass.texts().tokens(),
                bytes,
                missing == 0 ? 0 : seconds);
    }

    private static long blockParameters(Architecture architecture) {
        var dims = architecture.dims();
        long attention = 2L * dims.dModel() * dims.dHead() * (dims.nHeads() + dims.nKeyValueHeads());
        long mlp = (architecture.mlp().gated() ? 3L : 2L) * dims.dModel() * dims.dMlp();
        return attention + mlp;
    }
}
