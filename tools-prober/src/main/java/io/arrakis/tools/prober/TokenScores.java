package io.arrakis.tools.prober;

import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.OperationContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What directions add to the scores of tokens. Holds the unembedding in native memory until it is closed. */
final class TokenScores implements AutoCloseable {

    private final INDArray unembedding;
    private final int tokens;
    private final int top;
    private final OperationContext context;

    private TokenScores(INDArray unembedding, int tokens, int top, OperationContext context) {
        this.unembedding = unembedding;
        this.tokens = tokens;
        this.top = top;
        this.context = context;
    }

    /** Reads the unembedding; columns beyond the vocabulary, which some files are filled up with, do not count. */
    static TokenScores read(Weights weights, int top, OperationContext context) {
        INDArray unembedding = weights.get(WeightName.of(WeightPoint.W_U));
        int tokens = Math.min(unembedding.columns(), context.tokenizer().vocabularySize());
        return new TokenScores(unembedding, tokens, top, context);
    }

    /** Returns the effects of some neurons, in their order. */
    List<TokenEffects> of(WrittenDirections written, int[] neurons) {
        TokenEffects[] effects = new TokenEffects[neurons.length];
        int columns = unembedding.columns();
        try (INDArray rows = written.of(neurons)) {
            context.linearAlgebra().productRows(rows, unembedding, (first, count, values) -> {
                for (int row = 0; row < count; row++) {
                    int from = row * columns;
                    effects[first + row] = TokenEffects.of(
                            IntStream.range(from, from + tokens)
                                    .mapToDouble(i -> finite(values[i], i - from))
                                    .toArray(),
                            top);
                }
            });
        }
        return Arrays.asList(effects);
    }

    /** Directions are finite, so that what is not comes from the unembedding. */
    private static double finite(float score, int token) {
        if (!Float.isFinite(score)) {
            throw WrittenDirections.notFinite(WeightName.of(WeightPoint.W_U), "what is added to token " + token, score);
        }
        return score;
    }

    @Override
    public void close() {
        unembedding.close();
    }
}
