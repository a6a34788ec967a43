package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/** When a pair counts as related. */
public sealed interface Threshold permits Threshold.Fixed, Threshold.Calibrated {

    /** Above a similarity. */
    @Inline
    @Description("A similarity; pairs at or above it are related.")
    record Fixed(double value) implements Threshold {}

    /** Above the similarity that so many pairs of unrelated words reach. */
    @Description("The share of random pairs that may count as related; the threshold of each head follows from it.")
    record Calibrated(
            @Description("Share of random pairs of words that may pass.") @DecimalMin("0.0001") @DecimalMax("0.5")
            double falsePositiveRate)
            implements Threshold {}
}
