package io.arrakis.tools.kg;

import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.model.RotaryFrequencies;
import io.arrakis.api.model.RotarySpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rotary positions as a linear map of a head: dimension i turns together with i + half, the dimensions behind them are passed on.
 *
 * @param cos  by rotated pair
 * @param sin  by rotated pair
 */
record Turn(double[] cos, double[] sin) {

    /** Turns nothing. */
    static final Turn NONE = new Turn(new double[0], new double[0]);

    /** Returns the turn of a position, with the amplitude that the family multiplies in. */
    static Turn at(LayerSpec layer, int position, int length) {
        return layer.rotary().map(spec -> of(spec, position, length, 1)).orElse(NONE);
    }

    /**
     * Returns the turn of keys that makes their product with unturned queries that of positions with a distance; over a window
     * of distances the mean of the turns, which is no turn any more but as linear.
     */
    static Turn byDistance(LayerSpec layer, Distance distance) {
        return layer.rotary()
                .map(spec -> mean(Stream.of(distance.each())
                        .map(each -> of(spec, -each.from(), each.textLength(), 2))
                        .toList()))
                .orElse(NONE);
    }

    private static Turn mean(List<Turn> turns) {
        double[] cos = new double[turns.get(0).cos.length];
        double[] sin = new double[cos.length];
        for (Turn turn : turns) {
            for (int i = 0; i < cos.length; i++) {
                cos[i] += turn.cos[i] / turns.size();
                sin[i] += turn.sin[i] / turns.size();
            }
        }
        return new Turn(cos, sin);
    }

    private static Turn of(RotarySpec spec, int position, int length, int amplitudes) {
        RotaryFrequencies frequencies = RotaryFrequencies.of(spec, length);
        double amplitude = Math.pow(frequencies.amplitude(), amplitudes);
        int pairs = frequencies.frequencies().length;
        double[] cos = new double[pairs];
        double[] sin = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            double angle = (double) frequencies.frequencies()[i] * position;
            cos[i] = amplitude * Math.cos(angle);
            sin[i] = amplitude * Math.sin(angle);
        }
        return new Turn(cos, sin);
    }

    /** Turns a row of a head in place. */
    void apply(double[] row) {
        int half = cos.length;
        for (int i = 0; i < half; i++) {
            double first = row[i];
            double second = row[i + half];
            row[i] = first * cos[i] - second * sin[i];
            row[i + half] = second * cos[i] + first * sin[i];
        }
    }

    /** Turns each head of each row in place. */
    void apply(HeapMatrix rows, int dHead) {
        if (cos.length == 0) {
            return;
        }
        double[] head = new double[dHead];
        for (int from = 0; from < rows.values().length; from += dHead) {
            for (int j = 0; j < dHead; j++) {
                head[j] = rows.values()[from + j];
            }
            apply(head);
            for (int j = 0; j < dHead; j++) {
                rows.values()[from + j] = (float) head[j];
            }
        }
    }
}
