package io.arrakis.runtime.model.source;

import io.arrakis.runtime.safetensors.SafetensorsWriter;
import io.arrakis.runtime.safetensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/**
 * Takes the weights out of an encoder that PyTorch exported to ONNX, and gives them the names and the layout of a Hugging Face
 * file.
 *
 * <p>The export keeps the names of vectors and tables, but folds the transposition of a linear layer's matrix into it and
 * calls it {@code onnx::MatMul_885}. Its name is in the graph, at the node that multiplies with it:
 * {@code /encoder/layer.0/attention/self/query/MatMul}.
 */
final class OnnxEncoder {

    private static final String ANONYMOUS = "onnx::";

    private final List<Weight> weights;

    private OnnxEncoder(GraphProto graph) throws IOException {
        Map<String, TensorProto> initializers = new TreeMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
                initializers.put(tensor.getName(), tensor);
            }
        }
        Map<String, Weight> byName = new TreeMap<>();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("MatMul") && initializers.containsKey(node.getInput(1))) {
                Weight weight = new Weight(layerOf(node), initializers.remove(node.getInput(1)), true);
                byName.put(weight.name(), weight);
            }
        }
        for (TensorProto tensor : initializers.values()) {
            if (tensor.getName().startsWith(ANONYMOUS)) {
                throw new IOException("no node tells what the tensor " + tensor.getName() + " is");
            }
            byName.put(tensor.getName(), new Weight(tensor.getName(), tensor, false));
        }
        weights = List.copyOf(byName.values());
    }

    /**
     * Reads a graph.
     *
     * @param bytes a whole file; kept and not copied while this object lives
     */
    static OnnxEncoder read(byte[] bytes) throws IOException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        return new OnnxEncoder(ModelProto.parseFrom(input).getGraph());
    }

    /** Writes the weights to a safetensors file, linear layers {@code [out, in]}. */
    void write(Path file) throws IOException {
        List<TensorSpec> specs = weights.stream().map(Weight::spec).toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, specs, Map.of("format", "pt"))) {
            for (Weight weight : weights) {
                writer.append(weight.name(), weight.values());
            }
            writer.commit();
        }
    }

    private static String layerOf(NodeProto node) throws IOException {
        String name = node.getName();
        if (!name.startsWith("/") || !name.endsWith("/MatMul")) {
            throw new IOException("the node '" + name + "' does not tell which layer it belongs to");
        }
        return name.substring(1, name.lastIndexOf('/')).replace('/', '.') + ".weight";
    }

    /**
     * A weight under its name in a Hugging Face file.
     *
     * @param tensor  its numbers
     * @param inFirst whether they are stored {@code [in, out]}
     */
    private record Weight(String name, TensorProto tensor, boolean inFirst) {

        TensorSpec spec() {
            long[] shape =
                    tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
            return inFirst ? TensorSpec.floats(name, shape[1], shape[0]) : TensorSpec.floats(name, shape);
        }

        FloatBuffer values() {
            FloatBuffer stored = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            return inFirst ? transposed(stored, (int) tensor.getDims(0), (int) tensor.getDims(1)) : stored;
        }

        private static FloatBuffer transposed(FloatBuffer stored, int in, int out) {
            float[] row = new float[out];
            float[] values = new float[Math.multiplyExact(in, out)];
            for (int i = 0; i < in; i++) {
                stored.get(row);
                for (int o = 0; o < out; o++) {
                    values[o * in + i] = row[o];
                }
            }
            return FloatBuffer.wrap(values);
        }
    }
}
