package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How far the query stands behind the key, for models whose rotary positions turn both. */
public sealed interface RelativePosition permits RelativePosition.One, RelativePosition.Window {

    /** Returns the smallest distance. */
    int from();

    /** Returns the largest distance. */
    int to();

    /** One distance. */
    @Inline
    @Description("Position of the query minus that of the key.")
    record One(@Min(-1_000_000) @Max(1_000_000) int position) implements RelativePosition {

        @Override
        public int from() {
            return position;
        }

        @Override
        public int to() {
            return position;
        }
    }

    /** The mean over a window of distances. */
    @Description("The mean over all distances from the first to the last.")
    record Window(
            @Description("The smallest distance.") @Min(-1_000_000) @Max(1_000_000)
            int from,

            @Description("The largest distance.") @Min(-1_000_000) @Max(1_000_000)
            int to)
            implements RelativePosition {}
}
