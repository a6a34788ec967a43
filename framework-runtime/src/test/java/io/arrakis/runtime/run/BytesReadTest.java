package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.PlantedPlugin.ReadRows;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.runtime.safetensors.TensorEntry;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run reads the weights that decide its results, for their hashes too, and no others; what it is known by follows them. */
class BytesReadTest {

    private static final int LAYERS = 24;
    private static final TinyModel.Size DEEP = new TinyModel.Size(LAYERS, 32, 4, 64, 32);
    private static final long EMBEDDING = ((5L + 3) * 32 + 32L * 32) * Float.BYTES;
    private static final long PER_BLOCK = (11L * 32 + 4L * 32 * 32 + 2L * 32 * 64) * Float.BYTES;
    private static final String HEAD = "name: test\nseed: 7\nmodel: ./deep\n";
    private static final String LAYER_3 = HEAD + """
            steps:
              rows:
                use: planted.read_rows
                with: {layer_idx: 4, texts: [the cat sat, cat]}
            """;
    private static final String ONE_WEIGHT = HEAD + """
            steps:
              w:
                use: planted.read_weight
                with: {block: 17}
            """;

    @TempDir
    private Path temp;

    private TestExperiment experiment;

    @BeforeEach
    void model() {
        experiment = TestExperiment.in(temp).model("deep", TinyModel.gpt2(DEEP, List.of("the", "cat", "sat"), 1));
    }

    @Test
    void anAnalysisOfBlock3ReadsTheEmbeddingAndFourBlocks() throws IOException {
        JsonNode first = model(experiment.finish(LAYER_3));
        assertThat(first.get("bytes_read").longValue()).isEqualTo(EMBEDDING + 4 * PER_BLOCK);
        JsonNode second = model(experiment.finish(LAYER_3));
        assertThat(second.get("bytes_read").longValue()).isZero();
        assertThat(second.get("fingerprint")).isEqualTo(first.get("fingerprint"));
    }

    @Test
    void anAnalysisOfOneMatrixReadsThatMatrix() throws IOException {
        JsonNode model = model(experiment.finish(ONE_WEIGHT));
        assertThat(model.get("bytes_read").longValue()).isEqualTo(32L * 64 * Float.BYTES);
    }

    @Test
    void weightsThatDecideNothingChangeNothing() throws IOException {
        Outcome before = experiment.finish(LAYER_3);
        flipLastBit("h.4.mlp.c_proj.weight");
        Outcome after = experiment.finish(LAYER_3);
        assertThat(manifest(after).get("identity")).isEqualTo(manifest(before).get("identity"));
        assertThat(passesRun(after)).isZero();
    }

    @Test
    void aWeightThatDecidesTheResultIsSeen() throws IOException {
        for (String weight : List.of("h.3.mlp.c_proj.weight", "h.0.attn.c_attn.weight", "wte.weight")) {
            Outcome before = experiment.finish(LAYER_3);
            flipExponent(weight);
            Outcome after = experiment.finish(LAYER_3);
            assertThat(manifest(after).get("identity"))
                    .isNotEqualTo(manifest(before).get("identity"));
            assertThat(passesRun(after)).isEqualTo(1);
            assertThat(values(after)).as(weight).isNotEqualTo(values(before));
        }
    }

    private static float[] values(Outcome outcome) {
        return outcome.result("rows", ReadRows.Read.class).values().values();
    }

    private static int passesRun(Outcome outcome) throws IOException {
        return manifest(outcome).get("forward").get("passes_run").intValue();
    }

    private static JsonNode model(Outcome outcome) throws IOException {
        return manifest(outcome).get("model");
    }

    private static JsonNode manifest(Outcome outcome) throws IOException {
        return Json.read(outcome.directory().orElseThrow().resolve("manifest.json"));
    }

    private void flipLastBit(String tensor) throws IOException {
        flip(tensor, 0);
    }

    /** Changes all numbers of a tensor by a factor of four. */
    private void flipExponent(String tensor) throws IOException {
        flip(tensor, Float.BYTES - 1);
    }

    private void flip(String tensor, int byteOfNumber) throws IOException {
        Path file = temp.resolve("deep/model.safetensors");
        TensorEntry entry = SafetensorsFile.open(file).entry(tensor);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < entry.elements(); i++) {
            bytes[(int) entry.offset() + i * Float.BYTES + byteOfNumber] ^= 1;
        }
        Path changed = Files.write(temp.resolve("changed"), bytes);
        Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
