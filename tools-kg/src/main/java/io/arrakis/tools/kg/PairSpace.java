package io.arrakis.tools.kg;

import java.util.Arrays;

/**
 * Rows of both sides of a pair whose inner products are the similarities of one subspace.
 *
 * @param queries {@code [token, width]}
 * @param keys    {@code [token, width]}
 */
record PairSpace(HeapMatrix queries, HeapMatrix keys) {

    /** Scales coordinates so that their inner product is the similarity: to length 1, or by the singular values. */
    static PairSpace of(Coordinates coordinates, RelationalSubspaces subspaces, int subspace, PairScore score) {
        int head = subspaces.head(subspace);
        HeapMatrix query = coordinates.head(Side.QUERY, head, subspaces.topK());
        HeapMatrix key = coordinates.head(Side.KEY, head, subspaces.topK());
        return switch (score) {
            case COSINE -> new PairSpace(Vectors.unit(query), Vectors.unit(key));
            case BILINEAR, LOGIT -> new PairSpace(byValue(query, subspaces, subspace), key);
        };
    }

    private static HeapMatrix byValue(HeapMatrix rows, RelationalSubspaces subspaces, int subspace) {
        HeapMatrix result = HeapMatrix.zeros(rows.rows(), rows.columns());
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = rows.values()[i] * subspaces.singularValue(subspace, i % rows.columns());
        }
        return result;
    }

    /** Returns the same with all similarities multiplied. */
    PairSpace times(double factor) {
        double[] factors = new double[queries.columns()];
        Arrays.fill(factors, factor);
        return new PairSpace(Vectors.scaled(queries, factors), keys);
    }

    /** Returns the cosines of the vectors themselves, without any head: the baseline. */
    static PairSpace plain(HeapMatrix centred) {
        HeapMatrix unit = Vectors.unit(centred);
        return new PairSpace(unit, unit);
    }

    /**
     * Takes away what a token brings to every pair: the inner products of the result are the similarities less the mean of their
     * row and of their column over the reference, plus the mean of all.
     */
    PairSpace doublyCentred(PairSpace reference) {
        return new PairSpace(
                Vectors.minus(queries, Vectors.mean(reference.queries)),
                Vectors.minus(keys, Vectors.mean(reference.keys)));
    }

    double similarity(int query, int key) {
        return Vectors.dot(queries, query, keys, key);
    }

    /** Returns what one component adds to a similarity. */
    double part(int query, int key, int component) {
        return (double) queries.at(query, component) * keys.at(key, component);
    }
}
