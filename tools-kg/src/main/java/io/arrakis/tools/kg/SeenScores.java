package io.arrakis.tools.kg;

/**
 * Inner products of what each two components add to the scores of the keys that queries see, less the mean of each query.
 *
 * <p>The keys of consecutive queries are nearly the same, so that sums over them are kept and changed at both ends. Keys are taken
 * less the first one of their text, which changes no score less its mean and leaves nothing of keys that are all the same.
 */
final class SeenScores {

    private final double[] values;
    private final double[][] gram;
    private final double[] sums;
    private final double[][] products;

    /** Starts with no scores; the values are those of the components. */
    SeenScores(double[] values) {
        this.values = values;
        gram = new double[values.length][values.length];
        sums = new double[values.length];
        products = new double[values.length][values.length];
    }

    /** Adds the scores of a text, whose rows are from one to before another. */
    void add(HeapMatrix queries, HeapMatrix keys, int from, int to, Sight sight) {
        int first = 0;
        int end = 0;
        for (int query = 0; query < to - from; query++) {
            for (; end < sight.end(query, to - from); end++) {
                count(keys, from, from + end, 1);
            }
            for (; first < sight.first(query); first++) {
                count(keys, from, from + first, -1);
            }
            add(queries, from + query, end - first);
        }
        for (; first < end; first++) {
            count(keys, from, from + first, -1);
        }
    }

    private void count(HeapMatrix keys, int origin, int row, int sign) {
        double[] key = new double[values.length];
        for (int k = 0; k < key.length; k++) {
            key[k] = (double) keys.at(row, k) - keys.at(origin, k);
            sums[k] += sign * key[k];
        }
        for (int k = 0; k < key.length; k++) {
            for (int l = 0; l < key.length; l++) {
                products[k][l] += sign * key[k] * key[l];
            }
        }
    }

    private void add(HeapMatrix queries, int query, int seen) {
        if (seen < 2) {
            return;
        }
        for (int k = 0; k < values.length; k++) {
            double left = values[k] * queries.at(query, k);
            for (int l = 0; l < values.length; l++) {
                double covariance = products[k][l] - sums[k] * sums[l] / seen;
                gram[k][l] += left * values[l] * queries.at(query, l) * covariance;
            }
        }
    }

    double[][] gram() {
        return gram;
    }
}
