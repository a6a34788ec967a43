package io.arrakis.api.stats;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Values of SciPy, scikit-learn and statsmodels, made by make_stats_goldens.py. */
final class Goldens {

    private static final Map<String, double[]> LINES = read();

    private Goldens() {}

    static double[] values(String name) {
        double[] values = LINES.get(name);
        if (values == null) {
            throw new AssertionError("no golden values named " + name);
        }
        return values.clone();
    }

    static double value(String name) {
        double[] values = values(name);
        if (values.length != 1) {
            throw new AssertionError(name + " has " + values.length + " values");
        }
        return values[0];
    }

    static boolean has(String name) {
        return LINES.containsKey(name);
    }

    static boolean[] labels(String name) {
        double[] values = values(name);
        boolean[] labels = new boolean[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = values[i] == 1;
        }
        return labels;
    }

    static int[] integers(String name) {
        double[] values = values(name);
        int[] integers = new int[values.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = Math.toIntExact((long) values[i]);
        }
        return integers;
    }

    /** Returns a line as a matrix of so many rows. */
    static double[][] rows(String name, int rows) {
        double[] values = values(name);
        int columns = values.length / rows;
        double[][] matrix = new double[rows][columns];
        for (int i = 0; i < values.length; i++) {
            matrix[i / columns][i % columns] = values[i];
        }
        return matrix;
    }

    private static Map<String, double[]> read() {
        Map<String, double[]> lines = new HashMap<>();
        try (InputStream in = Goldens.class.getResourceAsStream("stats_goldens.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split(",", -1);
                    double[] values = new double[cells.length - 1];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Double.parseDouble(cells[i + 1]);
                    }
                    lines.put(cells[0], values);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
