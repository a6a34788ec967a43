package io.arrakis.runtime.model.weights;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.TensorLayout;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.TensorPart;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.model.family.ModelFamilies;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The weights of a checkpoint, found through its family. */
public final class ModelWeights implements Weights {
    private final String origin;
    private final CheckpointTensors tensors;
    private final ModelFamily family;
    private final Architecture architecture;

    /**
     * Weights that are read when they are asked for.
     *
     * @param origin       the model, for messages
     * @param tensors      the tensors of its files
     * @param family       knows their names
     * @param architecture knows their shapes
     */
    public ModelWeights(String origin, CheckpointTensors tensors, ModelFamily family, Architecture architecture) {
        this.origin = origin;
        this.tensors = tensors;
        this.family = family;
        this.architecture = architecture;
    }

    @Override
    public List<WeightName> names() {
        return architecture.weightNames();
    }

    @Override
    public long[] shape(WeightName name) {
        return architecture.shape(requireKnown(name).point());
    }

    @Override
    public INDArray get(WeightName name) {
        StoredWeight stored = stored(name);
        INDArray flat = Nd4j.createUninitialized(DataType.FLOAT, stored.shape().size());
        FloatBuffer memory = flat.data()
                .pointer()
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        stored.read(0, memory);
        long[] shape = shape(name);
        INDArray shaped = inShape(flat, stored, name.point(), shape);
        if (shaped == flat) {
            return flat;
        }
        INDArray owned = shaped.dup('c');
        flat.close();
        return owned;
    }

    @Override
    public long bytesRead() {
        return tensors.bytesRead();
    }

    /**
     * Where a weight lies; checks that it is there and has the right size.
     *
     * @throws ArrakisException with {@code MODEL-FILE}
     */
    public StoredWeight stored(WeightName name) {
        requireKnown(name);
        MatrixShape shape = MatrixShape.of(name.point(), architecture);
        List<StoredPart> parts = new ArrayList<>();
        for (TensorLocation location : family.locate(name, architecture)) {
            parts.add(part(name, location, shape.in()));
        }
        long size = parts.stream().mapToLong(StoredPart::size).sum();
        if (size != shape.size()) {
            throw damaged(
                    parts.get(0).name(),
                    "gives " + size + " numbers for " + name + ", which needs " + shape.out() + " x " + shape.in());
        }
        TensorLayout layout = parts.get(0).layout();
        if (parts.size() > 1 && parts.stream().anyMatch(part -> part.layout() == TensorLayout.IN_OUT)) {
            throw new IllegalStateException(name + " is made of parts that are stored inputs first");
        }
        return new StoredWeight(shape, layout, parts);
    }

    /**
     * What of the files some weights are made of.
     *
     * @throws ArrakisException with {@code MODEL-FILE} as {@link #stored}
     */
    public Set<TensorPart> parts(Collection<WeightName> names) {
        Set<TensorPart> parts = new TreeSet<>();
        for (WeightName name : names) {
            stored(name).parts().forEach(part -> parts.addAll(part.runs()));
        }
        return parts;
    }

    private StoredPart part(WeightName name, TensorLocation location, long in) {
        String key = find(name, location);
        TensorInfo info = tensors.catalog().get(key);
        List<Long> sizes = info.shape();
        long first = sizes.isEmpty() ? 1 : sizes.get(0);
        long rest = first == 0 ? 0 : info.size() / first;
        MatrixShape stored = location.layout() == TensorLayout.OUT_IN || in == 1
                ? new MatrixShape(first, rest)
                : new MatrixShape(rest, first);
        TensorLocation.Rows rows = location.rows();
        long last = rows.all() ? 0 : rows.first() + (long) (rows.count() - 1) * rows.stride() + rows.length();
        if (stored.in() != in || last > stored.out() || sizes.size() > 2) {
            throw damaged(key, "has the shape " + sizes + ", which does not fit " + name + " with " + in + " inputs");
        }
        return new StoredPart(tensors, key, in == 1 ? TensorLayout.OUT_IN : location.layout(), stored, rows);
    }

    private String find(WeightName name, TensorLocation location) {
        Map<String, TensorInfo> catalog = tensors.catalog();
        for (String candidate : location.names()) {
            String bare = ModelFamilies.withoutPrefix(candidate, family.prefix());
            if (catalog.containsKey(candidate)) {
                return candidate;
            }
            if (catalog.containsKey(bare)) {
                return bare;
            }
        }
        throw damaged(location.names().get(0), "is not in the files, but " + name + " is read from it");
    }

    private ArrakisException damaged(String tensor, String message) {
        return new ArrakisException(
                ErrorCode.MODEL_FILE,
                origin,
                "tensor '" + tensor + "' " + message,
                "the files and config.json must be of one model");
    }

    private WeightName requireKnown(WeightName name) {
        boolean inside = name.block().orElse(0) < architecture.dims().nLayers();
        if (!architecture.has(name.point()) || !inside) {
            throw new IllegalArgumentException("the model has no weight " + name);
        }
        return name;
    }

    private static INDArray inShape(INDArray flat, StoredWeight stored, WeightPoint point, long[] shape) {
        boolean outFirst = stored.layout() == TensorLayout.OUT_IN;
        if (point.kind() != WeightPoint.Kind.MATRIX) {
            return flat.reshape('c', shape);
        }
        return switch (point) {
            case W_Q, W_K, W_V ->
                outFirst
                        ? flat.reshape('c', shape[0], shape[2], shape[1]).permute(0, 2, 1)
                        : flat.reshape('c', shape[1], shape[0], shape[2]).permute(1, 0, 2);
            case W_O ->
                outFirst ? flat.reshape('c', shape[2], shape[0], shape[1]).permute(1, 2, 0) : flat.reshape('c', shape);
            default -> outFirst ? flat.reshape('c', shape[1], shape[0]).permute(1, 0) : flat.reshape('c', shape);
        };
    }
}
