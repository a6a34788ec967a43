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
            int block, RelationalSubspaces subspaces, SubspaceTokens.Loaded loaded, LinearAlgebra linearAlgebra) {
        HeapMatrix words = loaded.reference().input(block);
        double[] mean = Vectors.mean(words);
        HeapMatrix centredWords = Vectors.minus(words, mean);
        HeapMatrix centredTokens = Vectors.minus(loaded.tokens().input(block), mean);
        return new BlockPairs(
                subspaces,
                Coordinates.of(centredTokens, subspaces, block, linearAlgebra),
                Coordinates.of(centredWords, subspaces, block, linearAlgebra),
                new Compared(PairSpace.plain(centredTokens), PairSpace.plain(centredWords)));
    }

    Compared head(int subspace, PairScore score) {
        return new Compared(
                PairSpace.of(tokens, subspaces, subspace, score), PairSpace.of(reference, subspaces, subspace, score));
    }

    /** The tokens in one space, and the reference words in it. */
    record Compared(PairSpace tokens, PairSpace reference) {

        TypedPairs typed(
                int subspace, String name, IdentifyRelationTypes.Params params, NullPairs nulls, PairSearch search) {
            PairSpace own = params.doubleCentre() ? tokens.doublyCentred(reference) : tokens;
            PairSpace random = params.doubleCentre() ? reference.doublyCentred(reference) : reference;
            return TypedPairs.of(subspace, name, own, nulls.in(random), params.threshold(), search);
        }
    }
}
