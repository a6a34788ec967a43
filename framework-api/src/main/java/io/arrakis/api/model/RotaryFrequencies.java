package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.List;

/**
 * The frequencies of rotary positions.
 *
 * <p>Rounded to float32, and multiplied by the position in float32, as the reference implementation does: far from the start
 * of a text the rounding of the angle is what models were trained with.
 *
 * @param frequencies one for each rotated pair
 * @param amplitude   multiplier of cosines and sines
 */
@Stable
public record RotaryFrequencies(float[] frequencies, double amplitude) {
    /**
     * The frequencies for a row.
     *
     * @param length the row's largest position plus one; matters to some kinds of scaling
     */
    public static RotaryFrequencies of(RotarySpec spec, int length) {
        double[] plain = plain(spec, spec.base());
        RotaryScaling scaling = spec.scaling();
        if (scaling instanceof RotaryScaling.Linear linear) {
            return rounded(divided(plain, linear.factor()), 1);
        }
        if (scaling instanceof RotaryScaling.Dynamic dynamic) {
            return rounded(plain(spec, grown(spec, dynamic, length)), 1);
        }
        if (scaling instanceof RotaryScaling.Yarn yarn) {
            return rounded(yarn(plain, spec, yarn), yarn.amplitude());
        }
        if (scaling instanceof RotaryScaling.Llama3 llama3) {
            return rounded(llama3(plain, llama3), 1);
        }
        if (scaling instanceof RotaryScaling.LongRope longRope) {
            List<Double> factors = length > longRope.context() ? longRope.longFactors() : longRope.shortFactors();
            return rounded(divided(plain, factors), longRope.amplitude());
        }
        return rounded(plain, 1);
    }

    private static double[] plain(RotarySpec spec, double base) {
        double[] frequencies = new double[spec.pairs()];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.pow(base, -2.0 * i / spec.dims());
        }
        return frequencies;
    }

    private static double grown(RotarySpec spec, RotaryScaling.Dynamic dynamic, int length) {
        double ratio = (double) Math.max(length, dynamic.context()) / dynamic.context();
        double dims = spec.dims();
        return spec.base() * Math.pow(dynamic.factor() * ratio - (dynamic.factor() - 1), dims / (dims - 2));
    }

    private static double[] divided(double[] frequencies, double factor) {
        double[] result = frequencies.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] /= factor;
        }
        return result;
    }

    private static double[] divided(double[] frequencies, List<Double> factors) {
        double[] result = frequencies.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] /= factors.get(i);
        }
        return result;
    }

    private static double[] yarn(double[] plain, RotarySpec spec, RotaryScaling.Yarn yarn) {
        double low = turnsToDimension(yarn.betaFast(), spec, yarn.context());
        double high = turnsToDimension(yarn.betaSlow(), spec, yarn.context());
        if (yarn.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, spec.dims() - 1);
        double width = low == high ? 0.001 : high - low;
        double[] result = plain.clone();
        for (int i = 0; i < result.length; i++) {
            double divide = Math.min(1, Math.max(0, (i - low) / width));
            result[i] = plain[i] / yarn.factor() * divide + plain[i] * (1 - divide);
        }
        return result;
    }

    private static double turnsToDimension(double turns, RotarySpec spec, int context) {
        return spec.dims() * Math.log(context / (turns * 2 * Math.PI)) / (2 * Math.log(spec.base()));
    }

    private static double[] llama3(double[] plain, RotaryScaling.Llama3 scaling) {
        double longest = scaling.context() / scaling.lowFactor();
        double shortest = scaling.context() / scaling.highFactor();
        double[] result = plain.clone();
        for (int i = 0; i < result.length; i++) {
            double wave = 2 * Math.PI / plain[i];
            if (wave > longest) {
                result[i] = plain[i] / scaling.factor();
            } else if (wave >= shortest) {
                double keep =
                        (scaling.context() / wave - scaling.lowFactor()) / (scaling.highFactor() - scaling.lowFactor());
                result[i] = (1 - keep) * plain[i] / scaling.factor() + keep * plain[i];
            }
        }
        return result;
    }

    private static RotaryFrequencies rounded(double[] frequencies, double amplitude) {
        float[] rounded = new float[frequencies.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) frequencies[i];
        }
        return new RotaryFrequencies(rounded, amplitude);
    }
}
