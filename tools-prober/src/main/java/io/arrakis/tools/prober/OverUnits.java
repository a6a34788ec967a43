package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Samples;
import io.arrakis.api.stats.SeededRandom;
import java.util.function.ToDoubleFunction;

/** Figures over units that are independent of each other, such as concepts or texts, with intervals by bootstrap over them. */
final class OverUnits {

    private OverUnits() {}

    /** Returns the mean; its interval is not known where there is one unit alone. */
    static Estimate mean(double[] values, SeededRandom random) {
        return of(values, Moments::mean, random);
    }

    /** Returns any statistic; its interval is not known where there is one unit alone. */
    static Estimate of(double[] values, ToDoubleFunction<double[]> statistic, SeededRandom random) {
        if (values.length < 2) {
            return Estimate.withoutInterval(statistic.applyAsDouble(values));
        }
        return Detection.estimate(Bootstrap.ofUnits(values.length)
                .percentile(units -> statistic.applyAsDouble(Samples.pick(values, units)), random));
    }
}
