package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;

/** Small helpers to hand samples from one method to another. */
@Stable
public final class Samples {

    private Samples() {}

    /** Returns the same values in float64; exact. */
    public static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Returns the values of the units with these numbers, in that order. */
    public static double[] pick(double[] values, int[] units) {
        double[] picked = new double[units.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[units[i]];
        }
        return picked;
    }

    /** Returns the values of the units with these numbers, in that order. */
    public static int[] pick(int[] values, int[] units) {
        int[] picked = new int[units.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[units[i]];
        }
        return picked;
    }

    /** Returns the labels of the units with these numbers, in that order. */
    public static boolean[] pick(boolean[] labels, int[] units) {
        boolean[] picked = new boolean[units.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = labels[units[i]];
        }
        return picked;
    }

    /** Returns the numbers 0 to n - 1. */
    static int[] all(int n) {
        int[] units = new int[n];
        for (int i = 0; i < n; i++) {
            units[i] = i;
        }
        return units;
    }
}
