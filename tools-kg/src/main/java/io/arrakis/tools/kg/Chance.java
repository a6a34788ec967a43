package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;

/** What similarities are by chance. */
public enum Chance {
    /** What random pairs have; probabilities end at one over their number. */
    @Description("What random pairs have; fit for a few words that are more related than the vocabulary is.")
    RANDOM_PAIRS("p_value"),
    /** The distribution that fits the middle of random pairs. */
    @Description("The distribution that fits the middle of random pairs; fit for whole vocabularies.")
    FITTED("fitted_p_value");

    private final String attribute;

    Chance(String attribute) {
        this.attribute = attribute;
    }

    /** Returns the attribute of edges that has the probability. */
    String attribute() {
        return attribute;
    }
}
