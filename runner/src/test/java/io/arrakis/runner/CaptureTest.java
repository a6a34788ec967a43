package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code capture} and {@code verify-model} on models that transformers has computed. */
class CaptureTest {

    private static final double TOLERANCE = 2e-4;

    @TempDir
    private Path folder;

    private Path out;

    private Path golden(String name) throws IOException {
        out = folder.resolve("captured.safetensors");
        return Goldens.FAMILIES.copy(name, Files.createDirectory(folder.resolve(name)));
    }

    /** Captures what a file of tokens or texts has to say at some hook points. */
    private Cli capture(Path model, String option, Path input, String hooks, String... more) {
        List<String> arguments = List.of(
                "capture",
                "--model",
                model.toString(),
                option,
                input.toString(),
                "--hooks",
                hooks,
                "--out",
                out.toString());
        return Cli.run(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "bert"})
    void givesTheTensorsOfTheReference(String name) throws IOException {
        Path golden = golden(name);
        Cli ended = capture(golden, "--tokens", golden.resolve("inputs.json"), "*");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
        SafetensorsFile actual = SafetensorsFile.open(out);
        SafetensorsFile expected = SafetensorsFile.open(golden.resolve("expected.safetensors"));
        assertThat(actual.entries().keySet()).containsAll(expected.entries().keySet());
        JsonNode inputs = Cli.document(Files.readString(golden.resolve("inputs.json")));
        for (JsonNode batch : inputs.get("batches")) {
            String prefix = batch.get("name").asText() + ".";
            expected.entries().keySet().stream()
                    .filter(tensor -> tensor.startsWith(prefix))
                    .forEach(tensor -> assertEqual(tensor, actual, expected, batch.get("attention_mask")));
        }
    }

    @Test
    void computesInTheTypeThatIsAskedFor() throws IOException {
        Path golden = golden("llama");
        Path tokens = golden.resolve("inputs.json");
        Cli ended = capture(golden, "--tokens", tokens, "logits", "--dtype", "bfloat16");
        assertThat(ended.status()).as(ended.err()).isZero();
        float[] actual = SafetensorsFile.open(out).floats("plain.logits");
        float[] expected =
                SafetensorsFile.open(golden.resolve("expected.safetensors")).floats("plain.logits");
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        assertThat(largest).isBetween(1e-3, 1.0);
        Cli unknown = capture(golden, "--tokens", tokens, "logits", "--dtype", "int4");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("float32, bfloat16, float16 or float64");
    }

    /** Every tensor begins with the row; the position comes next, in attention patterns after the head. */
    private static void assertEqual(String tensor, SafetensorsFile actual, SafetensorsFile expected, JsonNode mask) {
        List<Long> shape = expected.entry(tensor).shape();
        assertThat(actual.entry(tensor).shape()).as(tensor).isEqualTo(shape);
        boolean positioned = !tensor.endsWith("pooler_output") && !tensor.endsWith("nsp_logits");
        int axis = tensor.endsWith("hook_pattern") ? 2 : 1;
        long inner = shape.stream().skip(axis + 1).reduce(1L, (a, b) -> a * b);
        long row = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
        float[] values = actual.floats(tensor);
        float[] reference = expected.floats(tensor);
        for (int i = 0; i < values.length; i++) {
            int position = positioned ? (int) (i / inner % shape.get(axis)) : 0;
            if (mask.get((int) (i / row)).get(position).asInt() == 1) {
                double miss = Math.abs(values[i] - reference[i]);
                assertThat(miss).as("%s %d", tensor, i).isLessThanOrEqualTo(TOLERANCE * (1 + Math.abs(reference[i])));
            }
        }
    }

    @Test
    void writesTextsWithTheirTokensAndMasks() throws IOException {
        Path golden = golden("bert");
        Path texts = Files.writeString(folder.resolve("texts.txt"), "the cat sat\n\nthe dog and the cat sat down\n");
        Cli ended = capture(golden, "--text", texts, "blocks.*.hook_resid_post");
        assertThat(ended.status()).as(ended.err()).isZero();
        SafetensorsFile file = SafetensorsFile.open(out);
        assertThat(file.entries().keySet())
                .containsExactlyInAnyOrder(
                        "texts.input_ids",
                        "texts.attention_mask",
                        "texts.blocks.0.hook_resid_post",
                        "texts.blocks.1.hook_resid_post");
        long[] mask = file.longs("texts.attention_mask");
        int columns = mask.length / 2;
        assertThat(mask[0]).isEqualTo(1);
        assertThat(mask[columns - 1]).isZero();
        assertThat(mask[2 * columns - 1]).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[0, 1, 1, 1]]", "[[1, 1]]", "[[1, 1, 1], [1, 1, 1]]", "[]"})
    void refusesAMaskOfAnotherShape(String mask) throws IOException {
        Path golden = golden("gpt2");
        Path tokens = Files.writeString(
                folder.resolve("tokens.json"),
                "{\"batches\": [{\"name\": \"one\", \"input_ids\": [[5, 6, 7]], \"attention_mask\": " + mask + "}]}");
        Cli ended = capture(golden, "--tokens", tokens, "hook_embed");
        assertThat(ended.err()).contains("attention_mask");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    blocks.9.hook_resid_pre | 2 | hook point 'blocks.9.hook_resid_pre': error UNKNOWN-HOOK: there is no such hook point; did you mean blocks.0.hook_resid_pre
                    blocks.*.hook_resid     | 2 | hook point 'blocks.*.hook_resid': error UNKNOWN-HOOK: there is no such hook point; did you mean blocks.0.hook_resid_mid
                    hook_embed,             | 2 | --hooks: error USAGE: an empty name in hook pattern
                    """)
    void refusesHooksThatAreNotThere(String hooks, int status, String sentence) throws IOException {
        Path golden = golden("gpt2");
        Cli ended = capture(golden, "--tokens", golden.resolve("inputs.json"), hooks);
        assertThat(ended.err()).startsWith(sentence);
        assertThat(ended.status()).isEqualTo(status);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "gpt_neo", "gpt_neox", "gemma2", "qwen3"})
    void verifiesAModel(String name) throws IOException {
        Path golden = golden(name);
        Cli ended = Cli.run("verify-model", golden.toString(), "--reference", golden.toString());
        assertThat(ended.status()).as(ended.out()).isZero();
        assertThat(ended.out().lines().skip(1)).hasSize(7).allMatch(line -> line.contains("  holds  "));
    }

    @Test
    void findsAReferenceThatDiffers() throws IOException {
        Path golden = golden("gpt2");
        Path inputs = golden.resolve("inputs.json");
        String text = Files.readString(inputs);
        JsonNode first = Cli.document(text).at("/batches/0/input_ids/0");
        int at = text.indexOf("input_ids");
        String other = text.substring(at)
                .replaceFirst(
                        "\\[(\\s*)\\[(\\s*)" + first.get(0).asInt() + "\\b",
                        "[$1[$2" + (first.get(0).asInt() + 1));
        Files.writeString(inputs, text.substring(0, at) + other);
        Cli ended = Cli.run("verify-model", golden.toString(), "--reference", golden.toString());
        assertThat(ended.out().lines().filter(line -> line.contains("  FAILS  ")))
                .singleElement()
                .asString()
                .startsWith("reference, ");
        assertThat(ended.status()).isEqualTo(ExitStatus.CHECK.number());
    }

    @Test
    void asksForAReferenceThatIsThere() throws IOException {
        Path golden = golden("gpt2");
        Cli ended = Cli.run("verify-model", golden.toString(), "--reference", folder.toString());
        assertThat(ended.err())
                .isEqualTo(folder + ": error FILE-MISSING: there is no expected.safetensors;"
                        + " give a folder with inputs.json and expected.safetensors\n");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
    }
}
