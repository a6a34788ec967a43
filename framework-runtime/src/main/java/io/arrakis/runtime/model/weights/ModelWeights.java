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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The weights of a checkpoint, found through its family. */
public final class ModelWeights implements Weights {
    /** A buffer holds 2 GiB at most, a weight any number. */
    private static final int LONGEST_RUN = 1 << 28;

    private final String origin;
    private final CheckpointTensors tensors;
    private final ModelFamily family;
    private final Architecture architecture;
    private final int longestRun;

    /**
     * Weights that are read when they are asked for.
     *
     * @param origin       the model, for messages
     * @param tensors      the tensors of its files
     * @param family       knows their names
     * @param architecture knows their shapes
     */
    public ModelWeights(String origin, CheckpointTensors tensors, ModelFamily family, Architecture architecture) {
        this(origin, tensors, family, architecture, LONGEST_RUN);
    }

    /** Weights that are read in runs of another length than usual. */
    ModelWeights(
            String origin, CheckpointTensors tensors, ModelFamily family, Architecture architecture, int longestRun) {
        this.longestRun = longestRun;
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
        int[] order = order(name.point(), stored.layout());
        long[] shape = shape(name);
        INDArray read = Nd4j.createUninitialized(
                DataType.FLOAT,
                IntStream.of(order).mapToLong(axis -> shape[axis]).toArray());
        fill(read, stored);
        if (IntStream.range(0, order.length).allMatch(axis -> order[axis] == axis)) {
            return read;
        }
        INDArray owned = read.permute(inverse(order)).dup('c');
        read.close();
        return owned;
    }

    private void fill(INDArray target, StoredWeight stored) {
        FloatPointer memory = new FloatPointer(target.data().pointer());
        for (long done = 0; done < target.length(); done += longestRun) {
            long count = Math.min(longestRun, target.length() - done);
            FloatPointer run = memory.getPointer(done);
            stored.read(done, run.limit(count).asBuffer());
        }
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
        MatrixShape shape = MatrixShape.of(name.point(), architecture);
        List<StoredPart> parts = new ArrayList<>();
        for (TensorLocation location : locations(name)) {
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

    /** Where the family says that a weight lies. */
    public List<TensorLocation> locations(WeightName name) {
        return family.locate(requireKnown(name), architecture);
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

    /** The axes of a weight in the order in which its file has them, outermost first. */
    private static int[] order(WeightPoint point, TensorLayout layout) {
        boolean outFirst = layout == TensorLayout.OUT_IN;
        if (point.kind() != WeightPoint.Kind.MATRIX) {
            return IntStream.range(0, point.axes().size()).toArray();
        }
        return switch (point) {
            case W_Q, W_K, W_V -> outFirst ? new int[] {0, 2, 1} : new int[] {1, 0, 2};
            case W_O -> outFirst ? new int[] {2, 0, 1} : new int[] {0, 1, 2};
            default -> outFirst ? new int[] {1, 0} : new int[] {0, 1};
        };
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        IntStream.range(0, order.length).forEach(axis -> inverse[order[axis]] = axis);
        return inverse;
    }
}
