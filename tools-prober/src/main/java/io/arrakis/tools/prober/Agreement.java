package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import java.util.Optional;

/**
 * How a score agrees with what is known of the words.
 *
 * @param words   number of words that both know
 * @param rho     Spearman's rank correlation
 * @param partial the same once the number of occurrences is known
 * @param controlled the same once the control fields are known too
 * @param auroc   how well the score tells words with many senses from words with one; 0.5 is chance
 * @param pValue  share of permutations of the words within tenths of equal frequency that agree as well or better
 */
public record Agreement(
        @Description("Number of words compared.") int words,
        @Description("Spearman's rank correlation.") Optional<Estimate> rho,

        @Description("Spearman's rank correlation given the number of occurrences.")
        Optional<Estimate> partial,

        @Description(
                "Spearman's rank correlation given the number of occurrences and the control fields; none without any.")
        Optional<Estimate> controlled,

        @Description("Area under the ROC curve of words with many senses against words with one.")
        Optional<Estimate> auroc,

        @Description("Share of permutations within frequency tenths that agree as well.")
        Optional<Double> pValue) {}
