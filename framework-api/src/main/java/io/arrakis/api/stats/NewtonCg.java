package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;

/** Newton's method for a convex function, its steps by preconditioned conjugate gradients. Deterministic. */
final class NewtonCg {

    /** Share of the decrease that the slope promises which a step must reach. */
    private static final double SUFFICIENT_DECREASE = 1e-4;

    /** Differences of the objective below this share of it are rounding. */
    private static final double ROUNDING = 1e-13;

    /** Keeps the scaling of a nearly flat coordinate within bounds, as a share of the steepest one. */
    private static final double SMALLEST_SCALE = 1e-12;

    private static final int MOST_HALVINGS = 50;

    private final Objective objective;
    private final double tolerance;
    private final double[] scale;
    private final int size;

    private double[] point;
    private double[] gradient;
    private double value;

    private NewtonCg(Objective objective, double tolerance) {
        this.objective = objective;
        this.tolerance = tolerance;
        this.scale = objective.gradientScale();
        this.size = objective.size();
        this.point = new double[size];
        this.gradient = new double[size];
        this.value = objective.evaluate(point, gradient);
    }

    /** A convex function with two derivatives; the curvature is taken at the point that was evaluated last. */
    interface Objective {

        /** Returns the number of parameters. */
        int size();

        /** Returns the value at a point and fills in the gradient. */
        double evaluate(double[] point, double[] gradient);

        /** Fills in the Hessian times a direction. */
        void curvature(double[] direction, double[] product);

        /** Fills in the diagonal of the Hessian. */
        void curvatureDiagonal(double[] diagonal);

        /** Returns for each coordinate the size of the terms that the gradient sums. */
        double[] gradientScale();
    }

    /** Returns the point at which each coordinate of the gradient is below the tolerance times its scale, starting from 0. */
    static double[] minimise(Objective objective, double tolerance, int maxIterations) {
        NewtonCg search = new NewtonCg(objective, tolerance);
        for (int iteration = 0; iteration < maxIterations && !search.settled(); iteration++) {
            search.step();
        }
        Require.that(
                search.settled(),
                Reason.NOT_CONVERGED,
                "%d Newton steps were not enough; bring the features to a common scale, or take a smaller C",
                maxIterations);
        return search.point;
    }

    private boolean settled() {
        for (int j = 0; j < size; j++) {
            if (Math.abs(gradient[j]) > tolerance * scale[j]) {
                return false;
            }
        }
        return true;
    }

    private void step() {
        double[] direction = newtonDirection();
        double slope = dot(gradient, direction);
        double slack = ROUNDING * (1 + Math.abs(value));
        double[] next = new double[size];
        double[] nextGradient = new double[size];
        double length = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
            for (int j = 0; j < size; j++) {
                next[j] = point[j] + length * direction[j];
            }
            double nextValue = objective.evaluate(next, nextGradient);
            if (nextValue <= value + SUFFICIENT_DECREASE * length * slope + slack) {
                point = next;
                gradient = nextGradient;
                value = nextValue;
                return;
            }
            length /= 2;
        }
        throw new UnusableSampleException(
                Reason.NOT_CONVERGED,
                "no step lowers the objective from " + value + "; bring the features to a common scale");
    }

    /** Solves H s = -g until the residual is small beside the gradient, more closely the nearer the minimum is. */
    private double[] newtonDirection() {
        double[] inverseDiagonal = inverseDiagonal();
        double[] solution = new double[size];
        double[] residual = new double[size];
        double[] scaled = new double[size];
        for (int j = 0; j < size; j++) {
            residual[j] = -gradient[j];
            scaled[j] = inverseDiagonal[j] * residual[j];
        }
        double[] search = scaled.clone();
        double[] product = new double[size];
        double norm = dot(residual, scaled);
        double goal = norm * forcing(norm);
        for (int k = 0; k < 2 * size && norm > goal; k++) {
            objective.curvature(search, product);
            double curvature = dot(search, product);
            if (curvature <= 0) {
                break; // flat to rounding: what was found so far leads downhill
            }
            double rate = norm / curvature;
            for (int j = 0; j < size; j++) {
                solution[j] += rate * search[j];
                residual[j] -= rate * product[j];
                scaled[j] = inverseDiagonal[j] * residual[j];
            }
            double nextNorm = dot(residual, scaled);
            double momentum = nextNorm / norm;
            for (int j = 0; j < size; j++) {
                search[j] = scaled[j] + momentum * search[j];
            }
            norm = nextNorm;
        }
        return solution;
    }

    private double[] inverseDiagonal() {
        double[] diagonal = new double[size];
        objective.curvatureDiagonal(diagonal);
        double largest = 0;
        for (double entry : diagonal) {
            largest = Math.max(largest, entry);
        }
        for (int j = 0; j < size; j++) {
            diagonal[j] = 1 / Math.max(diagonal[j], SMALLEST_SCALE * largest);
        }
        return diagonal;
    }

    /** The share of the squared residual that may stay: falls with the squared gradient, which keeps convergence fast. */
    private double forcing(double squaredNorm) {
        double relative = squaredNorm / (1 + Math.abs(value));
        return Math.max(1e-16, Math.min(0.05, relative));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
