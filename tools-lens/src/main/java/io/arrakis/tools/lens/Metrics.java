package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;

/** Makes the metric of each pair. */
sealed interface Metrics {

    /** Returns the hook point of the outputs. */
    HookName hook();

    /**
     * Returns the metric of a pair.
     *
     * @param outputs of both plain runs, first those of the run that is patched
     * @param clean   which of the two is the clean one, 0 or 1
     */
    OutputMetric of(PreparedPair pair, Matrix outputs, int clean);

    /** Differences of the scores of two tokens. */
    record LogitDifferences(Unembedding unembedding) implements Metrics {
        @Override
        public HookName hook() {
            return HookName.of(HookPoint.FINAL_NORMALIZED);
        }

        @Override
        public OutputMetric of(PreparedPair pair, Matrix outputs, int clean) {
            PreparedPair.Answer answer = pair.answer().orElseThrow();
            float[] right = unembedding.column(answer.right());
            float[] wrong = unembedding.column(answer.wrong());
            return (patched, row) -> {
                int place = row * pair.length() + answer.position();
                return unembedding.logit(patched, place, right, answer.right())
                        - unembedding.logit(patched, place, wrong, answer.wrong());
            };
        }
    }

    /** Cosines with the output vector of the clean run: of its last token, in encoders of the mean over its tokens. */
    record Cosines(Architecture architecture) implements Metrics {
        @Override
        public HookName hook() {
            return HookName.residual(architecture.dims().nLayers());
        }

        @Override
        public OutputMetric of(PreparedPair pair, Matrix outputs, int clean) {
            double[] aim = pooled(outputs, clean, pair.length());
            return (patched, row) -> cosine(pooled(patched, row, pair.length()), aim);
        }

        private double[] pooled(Matrix outputs, int row, int length) {
            int first = architecture.attention().causal() ? length - 1 : 0;
            double[] sum = new double[outputs.columns()];
            for (int position = first; position < length; position++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += outputs.at(row * length + position, i);
                }
            }
            return sum;
        }

        private static double cosine(double[] a, double[] b) {
            double product = 0;
            double squaresOfA = 0;
            double squaresOfB = 0;
            for (int i = 0; i < a.length; i++) {
                product += a[i] * b[i];
                squaresOfA += a[i] * a[i];
                squaresOfB += b[i] * b[i];
            }
            return product / Math.sqrt(squaresOfA * squaresOfB);
        }
    }
}
