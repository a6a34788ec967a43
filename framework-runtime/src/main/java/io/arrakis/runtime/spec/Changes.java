package io.arrakis.runtime.spec;

import io.arrakis.api.operation.Description;
import java.util.List;

/**
 * What is changed in the forward passes of a step.
 *
 * @param interventions the changes, made in this order where they meet at one hook point
 */
public record Changes(
        @Description("Changes at hook points in the step's forward passes, made in this order.")
        List<Change> interventions) {

    /** Copies the list. */
    public Changes {
        interventions = List.copyOf(interventions);
    }
}
