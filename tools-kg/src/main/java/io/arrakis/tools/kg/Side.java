package io.arrakis.tools.kg;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.WeightPoint;

/** One of the two sides that a score compares. */
enum Side {
    /** The position that looks. */
    QUERY(WeightPoint.W_Q, WeightPoint.B_Q, WeightPoint.Q_NORM_W),
    /** The position that is looked at. */
    KEY(WeightPoint.W_K, WeightPoint.B_K, WeightPoint.K_NORM_W);

    private final WeightPoint matrix;
    private final WeightPoint bias;
    private final WeightPoint norm;

    Side(WeightPoint matrix, WeightPoint bias, WeightPoint norm) {
        this.matrix = matrix;
        this.bias = bias;
        this.norm = norm;
    }

    /** Returns the word for it in tables. */
    String label() {
        return this == QUERY ? "query" : "key";
    }

    WeightPoint matrix() {
        return matrix;
    }

    WeightPoint bias() {
        return bias;
    }

    WeightPoint norm() {
        return norm;
    }

    /** Returns the number of heads that have a matrix of their own. */
    int heads(Dimensions dims) {
        return this == QUERY ? dims.nHeads() : dims.nKeyValueHeads();
    }

    /** Returns the head whose matrix a query head uses: grouped heads share those of the keys. */
    int headFor(int queryHead, Dimensions dims) {
        return this == QUERY ? queryHead : queryHead / (dims.nHeads() / dims.nKeyValueHeads());
    }
}
