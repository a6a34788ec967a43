package io.arrakis.runtime.model.verify;

/**
 * How a check came out.
 *
 * @param check     what was compared
 * @param largest   the largest difference, as a share of the size of the numbers; infinite where one is not finite
 * @param tolerance the largest that is allowed
 * @param where     the place of the largest difference; empty where there is none
 */
public record Finding(String check, double largest, double tolerance, String where) {

    /** Returns whether the check holds. */
    public boolean holds() {
        return largest <= tolerance;
    }
}
