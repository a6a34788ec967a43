package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import java.util.Optional;

/**
 * Tokens and reference words in all subspaces of a block.
 *
 * @param subspaces the subspaces
 * @param tokens    coordinates of the tokens
 * @param reference coordinates of the reference words
 * @param plain     both without any head
 */
record BlockPairs(RelationalSubspaces subspaces, Coordinates tokens, Coordinates reference, Compared plain) {

    static BlockPairs of(
            int block,
            RelationalSubspaces subspaces,
            SubspaceTokens.Loaded loaded,
            PairScore score,
            LinearAlgebra linearAlgebra) {
        HeapMatrix words = loaded.reference().input(block);
        HeapMatrix tokens = loaded.tokens().input(block);
        double[] mean = Vectors.mean(words);
        HeapMatrix centredWords = Vectors.minus(words, mean);
        HeapMatrix centredTokens = Vectors.minus(tokens, mean);
        boolean logit = score == PairScore.LOGIT;
        return new BlockPairs(
                subspaces,
                logit
                        ? Coordinates.withBiases(tokens, subspaces, block, linearAlgebra)
                        : Coordinates.of(centredTokens, subspaces, block, linearAlgebra),
                logit
                        ? Coordinates.withBiases(words, subspaces, block, linearAlgebra)
                        : Coordinates.of(centredWords, subspaces, block, linearAlgebra),
                new Compared(PairSpace.plain(centredTokens), PairSpace.plain(centredWords), Optional.empty()));
    }

    /**
     * Returns the tokens in one subspace.
     *
     * @param scale by which the model multiplies scores
     */
    Compared head(int subspace, PairScore score, double scale) {
        double factor = score == PairScore.LOGIT ? scale : 1;
        return new Compared(
                PairSpace.of(tokens, subspaces, subspace, score).times(factor),
                PairSpace.of(reference, subspaces, subspace, score).times(factor),
                Optional.of(new PairSpace(
                        tokens.head(Side.QUERY, subspaces.head(subspace), subspaces.topK()),
                        tokens.head(Side.KEY, subspaces.head(subspace), subspaces.topK()))));
    }

    /**
     * The tokens in one space.
     *
     * @param tokens      with their similarities as inner products
     * @param reference   the reference words in it
     * @param coordinates of the tokens, where the space is that of a head
     */
    record Compared(PairSpace tokens, PairSpace reference, Optional<PairSpace> coordinates) {

        TypedPairs typed(
                int subspace, String name, IdentifyRelationTypes.Params params, NullPairs nulls, PairFinder search) {
            PairSpace space = params.doubleCentre() ? tokens.doublyCentred(reference) : tokens;
            PairSpace random = params.doubleCentre() ? reference.doublyCentred(reference) : reference;
            NullPairs.Measured chance = nulls.in(random, params.score() == PairScore.COSINE);
            double threshold = chance.threshold(params.threshold());
            double lowest = lowest(threshold, params.score());
            PairSearch.Found found = search.above(space, lowest);
            return new TypedPairs(
                    subspace,
                    name,
                    threshold,
                    chance.falsePositiveRate(lowest),
                    chance,
                    found,
                    coordinates.map(own -> HeadComponents.of(own, space, found)).orElse(HeadComponents.NONE));
        }

        /** The lowest threshold of a cosine lets everything through; centred cosines may lie below it. */
        private static double lowest(double threshold, PairScore score) {
            return score == PairScore.COSINE && threshold <= -1 ? Double.NEGATIVE_INFINITY : threshold;
        }
    }
}
