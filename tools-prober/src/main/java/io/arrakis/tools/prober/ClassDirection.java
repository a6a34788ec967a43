package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.Half;
import java.util.Arrays;

/**
 * The direction from sentence vectors without a concept to sentence vectors with it: the difference of the means of unit vectors,
 * itself of length 1.
 *
 * @param axis of length 1, or all 0 where the means are the same
 */
record ClassDirection(double[] axis) {

    /**
     * Takes the direction between two groups of sentence vectors.
     *
     * @param withConcept vectors one after the other, at least one; changed to length 1
     * @param without     the same without the concept
     * @param width       of a vector
     */
    static ClassDirection between(float[] withConcept, float[] without, int width) {
        double[] axis = meanOfUnits(withConcept, width);
        double[] other = meanOfUnits(without, width);
        double square = 0;
        for (int i = 0; i < width; i++) {
            axis[i] -= other[i];
            square += axis[i] * axis[i];
        }
        double norm = Math.sqrt(square);
        return new ClassDirection(
                norm > 0 ? Arrays.stream(axis).map(value -> value / norm).toArray() : axis);
    }

    /** Returns the hook point of sentence vectors: the last residual layer. */
    static HookName hook(ModelDescription model) {
        return HookName.residual(model.architecture().dims().nLayers());
    }

    /** Returns the direction of a concept, from the texts that choose. */
    static ClassDirection of(ConceptTexts sentences, OperationContext context) {
        HookName hook = hook(context.model());
        return between(
                sentences.vectors(hook, sentences.of(Half.SELECTION, true)),
                sentences.vectors(hook, sentences.of(Half.SELECTION, false)),
                context.model().architecture().dims().dModel());
    }

    private static double[] meanOfUnits(float[] vectors, int width) {
        double[] mean = new double[width];
        int count = vectors.length / width;
        for (int at = 0; at < vectors.length; at += width) {
            VectorSpace.toUnit(vectors, at, width);
            for (int i = 0; i < width; i++) {
                mean[i] += vectors[at + i] / (double) count;
            }
        }
        return mean;
    }

    /**
     * Returns the cosine of each vector with the direction.
     *
     * @param vectors one after the other; changed to length 1
     */
    double[] cosines(float[] vectors) {
        int width = axis.length;
        double[] cosines = new double[vectors.length / width];
        for (int row = 0; row < cosines.length; row++) {
            VectorSpace.toUnit(vectors, row * width, width);
            for (int i = 0; i < width; i++) {
                cosines[row] += axis[i] * vectors[row * width + i];
            }
        }
        return cosines;
    }
}
