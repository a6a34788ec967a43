package io.arrakis.tools.lens;

import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads weights onto the heap. */
final class Vectors {

    private Vectors() {}

    /** Returns the numbers of a weight, row-major. */
    static float[] read(Weights weights, WeightName name) {
        try (INDArray array = weights.get(name)) {
            return array.data().asFloat();
        }
    }
}
