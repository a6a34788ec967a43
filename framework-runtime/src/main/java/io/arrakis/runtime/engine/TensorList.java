package io.arrakis.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.UUID;

/** Arrays that go into calls of {@link TorchFunctions} again and again, handed over once. */
public final class TensorList {
    private final IValue value;

    private TensorList(IValue value) {
        this.value = value;
    }

    /**
     * A list of arrays, which it shares.
     *
     * @param owner frees the list when it is closed; until then the memory of the arrays stays, even if they are closed
     */
    public static TensorList of(NDManager owner, NDArray... arrays) {
        PtNDArray[] shared = Arrays.stream(arrays).map(PtNDArray.class::cast).toArray(PtNDArray[]::new);
        IValue value = IValue.listFrom(shared);
        owner.attachInternal(UUID.randomUUID().toString(), value);
        return new TensorList(value);
    }

    IValue value() {
        return value;
    }
}
