package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.runtime.cache.ActivationMatrix;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The activations of one capture, over matrices of the cache. */
public final class CapturedActivations implements Activations {

    private final TokenRows rows;
    private final SortedMap<HookName, ActivationMatrix> matrices;
    private final Runnable requireOpen;

    /**
     * Hands out matrices.
     *
     * @param requireOpen throws when the operation has returned
     */
    public CapturedActivations(TokenRows rows, Map<HookName, ActivationMatrix> matrices, Runnable requireOpen) {
        this.rows = rows;
        this.matrices = Collections.unmodifiableSortedMap(new TreeMap<>(matrices));
        this.requireOpen = requireOpen;
    }

    @Override
    public TokenRows rows() {
        return rows;
    }

    @Override
    public int width(HookName hook) {
        return matrix(hook).shape().width();
    }

    @Override
    public INDArray block(HookName hook, int first, int count) {
        return matrix(hook).block(first, count);
    }

    @Override
    public float[] gather(HookName hook, int[] chosen) {
        return matrix(hook).gather(chosen);
    }

    private ActivationMatrix matrix(HookName hook) {
        requireOpen.run();
        ActivationMatrix matrix = matrices.get(hook);
        if (matrix == null) {
            throw new IllegalArgumentException(hook + " was not required; this capture has " + matrices.keySet());
        }
        return matrix;
    }
}
