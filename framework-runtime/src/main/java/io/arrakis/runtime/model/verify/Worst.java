package io.arrakis.runtime.model.verify;

/** Remembers the largest of many differences, and its place; the first of several that are not finite. */
final class Worst {

    private double largest;
    private Object where = "";

    /** Compares two numbers; the difference counts as a share of the scale. */
    void compare(Object place, double actual, double expected, double scale) {
        double difference = Math.abs(actual - expected) / scale;
        if (!(difference <= largest) && largest < Double.POSITIVE_INFINITY) {
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            where = place;
        }
    }

    /** Notes something that no difference can express, such as another shape. */
    void fail(String place) {
        largest = Double.POSITIVE_INFINITY;
        where = place;
    }

    Finding finding(String check, double tolerance) {
        return new Finding(check, largest, tolerance, where.toString());
    }
}
