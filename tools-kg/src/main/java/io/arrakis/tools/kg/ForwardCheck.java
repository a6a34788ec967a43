package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Holds the components of whole blocks against a forward pass over one text of random tokens.
 *
 * @param blocks the blocks
 */
record ForwardCheck(List<Integer> blocks) {

    private static final int LONGEST = 8;

    /** Returns the passes that it needs. */
    static Requirements.Passes passes(Architecture architecture, int blocks) {
        long length = length(architecture);
        long scores = 2L * architecture.dims().nHeads() * length * length;
        return new Requirements.Passes(
                1,
                (long) Float.BYTES
                        * blocks
                        * (scores + length * architecture.dims().dModel()));
    }

    private static int length(Architecture architecture) {
        return Math.min(LONGEST, architecture.dims().nCtx());
    }

    /** Returns the largest errors over all blocks. */
    ScoreCheck run(IntFunction<BlockAttention> reader, OperationContext context) {
        Architecture architecture = context.model().architecture();
        TokenBatch batch = batch(architecture, context.random("check"));
        try (Capture capture = context.passes().run(batch, ForwardRequest.keep(hooks()))) {
            ScoreCheck errors = ScoreCheck.NONE;
            for (int block : blocks) {
                context.checkCancelled();
                TextScores text =
                        new TextScores(reader.apply(block), architecture.attention(), context.linearAlgebra());
                HeapMatrix scores = text.of(rows(capture.get(HookName.of(HookPoint.RESID_PRE, block))));
                errors = errors.larger(ScoreCheck.between(
                        scores,
                        capture.toArray(HookName.of(HookPoint.ATTN_SCORES, block)),
                        text.pattern(scores),
                        capture.toArray(HookName.of(HookPoint.PATTERN, block))));
            }
            return errors;
        }
    }

    private List<HookName> hooks() {
        List<HookName> hooks = new ArrayList<>();
        for (int block : blocks) {
            hooks.add(HookName.of(HookPoint.RESID_PRE, block));
            hooks.add(HookName.of(HookPoint.ATTN_SCORES, block));
            hooks.add(HookName.of(HookPoint.PATTERN, block));
        }
        return hooks;
    }

    private static TokenBatch batch(Architecture architecture, SeededRandom random) {
        int[] ids = new int[length(architecture)];
        boolean[] real = new boolean[ids.length];
        Arrays.setAll(ids, i -> random.nextInt(architecture.dims().dVocab()));
        Arrays.fill(real, true);
        return TokenBatch.of(new int[][] {ids}, new boolean[][] {real});
    }

    /** The only row of a batch, {@code [position, d_model]}. */
    private static HeapMatrix rows(INDArray stream) {
        return HeapMatrix.copyOf(stream.reshape('c', stream.size(1), stream.size(2)));
    }
}
