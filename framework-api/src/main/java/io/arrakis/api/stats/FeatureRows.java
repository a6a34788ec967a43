package io.arrakis.api.stats;

/** Rows of features that a fit reads again and again, of either precision. Not for several threads at once. */
interface FeatureRows {

    int count();

    int width();

    double at(int row, int column);

    /** Returns a row, which is valid until the next call and is not changed. */
    double[] row(int index);

    /** Takes rows as they are. */
    static FeatureRows of(double[][] rows) {
        Rows.requireMatrix(rows);
        return new FeatureRows() {
            @Override
            public int count() {
                return rows.length;
            }

            @Override
            public int width() {
                return rows[0].length;
            }

            @Override
            public double at(int row, int column) {
                return rows[row][column];
            }

            @Override
            public double[] row(int index) {
                return rows[index];
            }
        };
    }

    /** Takes rows of half the size, which are widened one at a time. */
    static FeatureRows of(float[][] rows) {
        Require.notEmpty("rows", rows.length);
        Require.notEmpty("rows[0]", rows[0].length);
        double[] widened = new double[rows[0].length];
        FeatureRows features = new FeatureRows() {
            @Override
            public int count() {
                return rows.length;
            }

            @Override
            public int width() {
                return widened.length;
            }

            @Override
            public double at(int row, int column) {
                return rows[row][column];
            }

            @Override
            public double[] row(int index) {
                Rows.widen(rows[index], widened);
                return widened;
            }
        };
        for (int i = 0; i < rows.length; i++) {
            String name = "rows[" + i + "]";
            Rows.requireLength(name, rows[i].length, widened.length);
            Require.finite(name, features.row(i));
        }
        return features;
    }
}
