package io.arrakis.runtime.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Capture;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.engine.SharedArrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tensors kept by a pass, in the engine's memory, seen by ND4J without a copy. */
final class EngineCapture implements Capture {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private record Kept(NDArray flat, long[] shape) {}

    private final NDManager manager;
    private final DataType type;
    private final KeptPart part;
    private final SortedMap<HookName, Kept> kept = new TreeMap<>();
    private final Map<HookName, INDArray> views = new HashMap<>();
    private boolean closed;

    /**
     * An empty capture.
     *
     * @param manager owns the memory; on the CPU, closed with this capture
     * @param type    float32 or float64: what is handed out
     * @param part    which positions are kept, and in what numbers
     */
    EngineCapture(NDManager manager, DataType type, KeptPart part) {
        this.part = part;
        this.manager = manager;
        this.type = type;
    }

    /** Keeps a tensor: without a copy where it lies row by row in the CPU's memory. */
    void keep(HookName name, NDArray tensor) {
        NDArray chosen = part.positions(name, tensor);
        long[] shape = chosen.getShape().getShape();
        // Flattening gives a new handle on the same memory, or a row-major copy of a view.
        NDArray wide = chosen.flatten().toType(type, false);
        NDArray flat = part.narrowed(name, wide, chosen.getShape()).toDevice(Device.cpu(), false);
        flat.attach(manager);
        kept.put(name, new Kept(flat, shape));
    }

    @Override
    public SortedSet<HookName> hooks() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(kept.keySet()));
    }

    @Override
    public INDArray get(HookName name) {
        Kept tensor = require(name);
        return views.computeIfAbsent(name, key -> SharedArrays.view(widened(tensor.flat()), tensor.shape()));
    }

    @Override
    public float[] toArray(HookName name) {
        NDArray flat = require(name).flat();
        if (flat.size() > LONGEST_ARRAY) {
            throw new ArrakisException(
                    ErrorCode.MEMORY,
                    name.toString(),
                    "its tensor has " + flat.size() + " numbers, more than a Java array holds",
                    "read it in parts by get(), or run fewer texts at a time");
        }
        if (flat.getDataType() == DataType.FLOAT32) {
            return SharedArrays.copy(flat);
        }
        try (NDArray single = flat.toType(DataType.FLOAT32, true)) {
            return single.toFloatArray();
        }
    }

    /** The copy belongs to the manager, as the tensor does. */
    private NDArray widened(NDArray flat) {
        boolean wide = flat.getDataType() == DataType.FLOAT64 || flat.getDataType() == DataType.FLOAT32;
        return wide ? flat : flat.toType(DataType.FLOAT32, true);
    }

    private Kept require(HookName name) {
        if (closed) {
            throw new IllegalStateException(name + " is read from a capture that was closed");
        }
        Kept tensor = kept.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(name + " was not asked for; kept were " + kept.keySet());
        }
        return tensor;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            views.clear();
            manager.close();
        }
    }
}
