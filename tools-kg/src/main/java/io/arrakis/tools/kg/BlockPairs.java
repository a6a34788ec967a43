package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;

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
                new Compared(PairSpace.plain(centredTokens), PairSpace.plain(centredWords)));
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
                PairSpace.of(reference, subspaces, subspace, score).times(factor));
    }

    /** The tokens in one space, and the reference words in it. */
    record Compared(PairSpace tokens, PairSpace reference) {

        TypedPairs typed(
                int subspace, String name, IdentifyRelationTypes.Params params, NullPairs nulls, PairSearch search) {
            PairSpace own = params.doubleCentre() ? tokens.doublyCentred(reference) : tokens;
            PairSpace random = params.doubleCentre() ? reference.doublyCentred(reference) : reference;
            NullPairs.Measured chance = nulls.in(random, params.score() == PairScore.COSINE);
            return TypedPairs.of(subspace, name, own, chance, params.threshold(), search);
        }
    }
}
