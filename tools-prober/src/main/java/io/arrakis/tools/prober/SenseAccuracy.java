package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;

/**
 * Whether vectors tell senses apart, in texts that say which sense they show.
 *
 * @param nearest share of occurrences whose nearest other labelled occurrence of the word has the same sense
 * @param chance  what an occurrence drawn among the others of the word would reach
 */
public record SenseAccuracy(
        @Description("Share of labelled occurrences whose nearest other one of the same word has the same sense.")
        Estimate nearest,

        @Description("The same for an occurrence drawn at random among the others of the word.")
        double chance) {}
