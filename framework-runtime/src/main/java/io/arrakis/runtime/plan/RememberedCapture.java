package io.arrakis.runtime.plan;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Capture;
import io.arrakis.runtime.cache.ActivationMatrix;
import java.util.SortedSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The tensors of a pass, from the cache. */
final class RememberedCapture implements Capture {

    private final KeptTensors tensors;
    private final ActivationMatrix matrix;
    private boolean closed;

    RememberedCapture(KeptTensors tensors, ActivationMatrix matrix) {
        this.tensors = tensors;
        this.matrix = matrix;
    }

    @Override
    public SortedSet<HookName> hooks() {
        return tensors.hooks();
    }

    @Override
    public INDArray get(HookName name) {
        require(name);
        return matrix.block(tensors.first(name), tensors.size(name)).reshape('c', tensors.shape(name));
    }

    @Override
    public float[] toArray(HookName name) {
        require(name);
        return matrix.copy(tensors.first(name), tensors.size(name));
    }

    private void require(HookName name) {
        if (closed) {
            throw new IllegalStateException(name + " is read from a capture that was closed");
        }
        if (!tensors.hooks().contains(name)) {
            throw new IllegalArgumentException(name + " was not asked for; kept were " + tensors.hooks());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
