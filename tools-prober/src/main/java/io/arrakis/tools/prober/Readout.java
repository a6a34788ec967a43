package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import java.util.Arrays;

/** What of a pass an effect is measured on: a number a text. */
sealed interface Readout {

    /** Returns where vectors are read. */
    HookName hook();

    /** Returns which tokens become the vector of a text. */
    SentenceBatches.Pool pool();

    /**
     * Returns a number a text.
     *
     * @param vectors one after the other; may be changed
     */
    double[] of(float[] vectors);

    /** The cosine of the sentence vector with the direction of the concept. */
    record Sentence(HookName hook, ClassDirection direction) implements Readout {

        @Override
        public SentenceBatches.Pool pool() {
            return SentenceBatches.Pool.MEAN;
        }

        @Override
        public double[] of(float[] vectors) {
            return direction.cosines(vectors);
        }
    }

    /**
     * The logit of one token minus that of another after the last token of the text's own, before any divisor or soft cap.
     *
     * @param weights difference of the tokens' columns of the unembedding
     * @param bias    difference of their biases
     */
    record Logits(HookName hook, double[] weights, double bias) implements Readout {

        @Override
        public SentenceBatches.Pool pool() {
            return SentenceBatches.Pool.LAST;
        }

        @Override
        public double[] of(float[] vectors) {
            double[] values = new double[vectors.length / weights.length];
            Arrays.fill(values, bias);
            for (int i = 0; i < vectors.length; i++) {
                values[i / weights.length] += vectors[i] * weights[i % weights.length];
            }
            return values;
        }
    }
}
