package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;

/**
 * Self-similarity of what a word has beside its text: the mean vector of the text is subtracted from each occurrence first, so
 * that texts about different things do not count as different senses.
 */
final class SelfInText {

    private final Activations activations;
    private final HookName hook;
    private final VectorSpace space;

    SelfInText(Activations activations, HookName hook, VectorSpace space) {
        this.activations = activations;
        this.hook = hook;
        this.space = space;
    }

    /** Returns 1 minus the mean cosine of all pairs of occurrences, 0 to 2. */
    Sampled of(WordSample sample) {
        int width = space.width();
        float[] rows = activations.gather(hook, sample.pool());
        space.apply(rows, sample.pool().length);
        for (int i = 0; i < sample.pool().length; i++) {
            subtractText(sample.pool()[i], rows, i * width);
            VectorSpace.toUnit(rows, i * width, width);
        }
        return SelfSimilarity.distances(rows, sample.pool().length, width).sampled();
    }

    private void subtractText(int row, float[] rows, int at) {
        TokenRows tokens = activations.rows();
        int text = tokens.example(row);
        int[] own = RowRange.of(tokens.firstRow(text), tokens.firstRow(text + 1));
        float[] vectors = activations.gather(hook, own);
        space.apply(vectors, own.length);
        for (int i = 0; i < vectors.length; i++) {
            rows[at + i % space.width()] -= vectors[i] / own.length;
        }
    }
}
