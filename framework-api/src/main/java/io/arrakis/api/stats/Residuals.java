package io.arrakis.api.stats;

/**
 * What is left of a variable after a least-squares fit, with intercept, on some controls.
 *
 * <p>Modified Gram-Schmidt, each projection done twice, which keeps the basis orthogonal to rounding. A control that the
 * controls before it determine adds nothing and is left out.
 */
final class Residuals {

    /** A remainder below this share of the variable's norm is rounding. */
    private static final double NEGLIGIBLE = 1e-10;

    private final double[][] basis;
    private final int size;

    private Residuals(double[][] basis, int size) {
        this.basis = basis;
        this.size = size;
    }

    static Residuals on(double[][] controls) {
        double[][] basis = new double[controls.length][];
        int size = 0;
        for (double[] control : controls) {
            double[] direction = Moments.centred(control);
            double norm = norm(direction);
            project(direction, basis, size);
            double left = norm(direction);
            if (left > NEGLIGIBLE * norm) {
                scale(direction, 1 / left);
                basis[size++] = direction;
            }
        }
        return new Residuals(basis, size);
    }

    /** Returns the residuals of a variable with mean 0, in place. */
    double[] of(double[] centred, String name) {
        double norm = norm(centred);
        project(centred, basis, size);
        if (norm(centred) <= NEGLIGIBLE * norm) {
            throw Require.constant(name + " given the controls", "its partial correlation");
        }
        return centred;
    }

    private static void project(double[] vector, double[][] basis, int size) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < size; k++) {
                double[] direction = basis[k];
                double dot = 0;
                for (int i = 0; i < vector.length; i++) {
                    dot += vector[i] * direction[i];
                }
                for (int i = 0; i < vector.length; i++) {
                    vector[i] -= dot * direction[i];
                }
            }
        }
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
