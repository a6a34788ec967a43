package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is read of a model, and in which precision. */
class WeightsReadTest {

    @TempDir
    private Path directory;

    /** What queries and keys are made of, by the names in the files of all families; each is read whole. */
    private static final String SCORES =
            "(self_attn|attention|attention\\.self)\\.(q_proj|k_proj|query|key)\\.(weight|bias)"
                    + "|self_attn\\.[qk]_norm\\.weight|(input_layernorm|ln_1)\\.(weight|bias)";

    /** Tensors that hold the values too, of which more than the queries and keys may be read. */
    private static final String TOGETHER =
            "attn\\.c_attn\\..*|attention\\.query_key_value\\..*|self_attn\\.qkv_proj\\..*";

    /** Numbers of a model that is looked for elsewhere. */
    private static final String WITHOUT_MODEL = "minilm";

    static Stream<String> folders() {
        return Goldens.FAMILIES.folders().stream().filter(folder -> !folder.equals(WITHOUT_MODEL));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void readsTheTensorsOfOneBlocksScoresAndNothingElse(String folder) throws IOException {
        Path files = Goldens.FAMILIES.copy(folder, directory);
        try (HookedModel model = OpenedModel.in(files)) {
            Architecture architecture = model.description().architecture();
            int block = architecture.dims().nLayers() - 1;
            long apart = bytes(files, block, SCORES);
            long together = bytes(files, block, TOGETHER);
            long before = model.weights().bytesRead();
            BlockAttention.read(new BlockWeights(model.weights(), architecture, block));
            assertThat(model.weights().bytesRead() - before)
                    .isPositive()
                    .isBetween(apart + together / 3, apart + together);
        }
    }

    /** Bytes of the tensors of a block of the text model whose names, behind the block's, match. */
    private static long bytes(Path directory, int block, String names) throws IOException {
        Pattern wanted = Pattern.compile("(?!.*vision).*\\.(layers|layer|h)\\." + block + "\\.(.*\\.)?(" + names + ")");
        long bytes = 0;
        for (JsonNode header : headers(directory)) {
            for (Map.Entry<String, JsonNode> tensor : header.properties()) {
                if (wanted.matcher(tensor.getKey()).matches()) {
                    JsonNode offsets = tensor.getValue().get("data_offsets");
                    bytes += offsets.get(1).asLong() - offsets.get(0).asLong();
                }
            }
        }
        return bytes;
    }

    private static List<JsonNode> headers(Path directory) throws IOException {
        List<JsonNode> headers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "model*.safetensors")) {
            for (Path file : files) {
                ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                byte[] header = new byte[Math.toIntExact(content.getLong())];
                content.get(header);
                headers.add(new ObjectMapper().readTree(header));
            }
        }
        return headers;
    }

    @Test
    void singularValuesOfFloat32AndFloat64Agree() {
        BlockAttention attention = new PlantedHead(2).attention(3, 0.3);
        try (NativeCopy a = attention.factor(Side.QUERY, 0, true, Turn.NONE).toNative();
                NativeCopy b = attention.factor(Side.KEY, 0, true, Turn.NONE).toNative();
                INDArray wideA = a.array().castTo(DataType.DOUBLE);
                INDArray wideB = b.array().castTo(DataType.DOUBLE)) {
            Svd single = PlantedHead.KERNELS
                    .productSvd(List.of(a.array()), List.of(b.array()))
                    .get(0);
            Svd twice = PlantedHead.KERNELS
                    .productSvd(List.of(wideA), List.of(wideB))
                    .get(0);
            for (int k = 0; k < single.s().length; k++) {
                assertThat(single.s()[k]).isCloseTo(twice.s()[k], within(1e-6 * twice.s()[0]));
            }
        }
    }
}
