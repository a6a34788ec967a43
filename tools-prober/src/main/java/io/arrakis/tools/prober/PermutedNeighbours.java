package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Estimate;
import java.util.Optional;

/**
 * The score {@code neighbours} where the words near each occurrence were replaced by words of about the same frequency: what
 * number and frequency of the neighbours alone would give.
 *
 * @param observed mean of the score over the words, nothing permuted
 * @param mean     mean over words and permutations, with the range of 95% of the permutations
 * @param rho      rank correlation with the truth, mean over permutations, with the range of 95% of them
 */
public record PermutedNeighbours(
        @Description("Mean of the score over all words, nothing permuted.")
        double observed,

        @Description("The same with the words near each occurrence permuted within tenths of equal frequency: mean over"
                + " permutations, and the range of 95% of them.")
        Estimate mean,

        @Description(
                "Spearman's rank correlation of the permuted score with the truth: mean over permutations, and the range"
                        + " of 95% of them.")
        Optional<Estimate> rho) {}
