package io.arrakis.runtime.run;

import io.arrakis.api.data.Dataset;
import java.util.OptionalInt;

/** A data set to read. */
public interface DataSpec {

    /**
     * Opens it.
     *
     * @throws io.arrakis.api.problem.ArrakisException with every bad row
     */
    Dataset open();

    /** Returns to how many tokens its texts are cut, special ones counted; empty for what the model reads at most. */
    OptionalInt maxTokens();
}
