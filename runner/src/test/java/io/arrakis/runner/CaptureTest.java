package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runner.command.ExitStatus;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void numbersThatAreNotFiniteAreAnErrorThatNamesTheFirstHookPoint() throws IOException {
        TinyModel broken = TinyModel.gpt2(TinyModel.Size.SMALL, List.of("the", "cat", "sat"), 1);
        broken.tensor("h.1.mlp.c_fc.weight").values()[5] = Float.NaN;
        Path model = broken.write(folder.resolve("broken"));
        out = folder.resolve("captured.safetensors");
        Path texts = Files.writeString(folder.resolve("texts.txt"), "the cat\nthe cat sat\n");
        Cli ended = capture(model, "--text", texts, "*");
        assertThat(ended.status()).isEqualTo(ExitStatus.INTERNAL.number());
        assertThat(ended.err())
                .contains("NOT-FINITE")
                .contains("blocks.1.mlp.hook_pre")
                .contains("not finite: NaN at row 0 of batch 'texts', position 0")
                .contains("arrakis verify-model");
        assertThat(out).doesNotExist();
        assertThat(capture(model, "--text", texts, "blocks.0.*").status()).isZero();
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
        assertThat(unknown.err())
                .isEqualTo("--dtype: error USAGE: there is no number type 'int4';"
                        + " give one of float32, bfloat16, float16, float64\n");
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

    @Test
    void writesThePositionsAndTheNumbersThatAreAskedFor() throws IOException {
        Path golden = golden("gpt2");
        Path tokens = golden.resolve("inputs.json");
        Cli whole = capture(golden, "--tokens", tokens, "blocks.0.hook_resid_post,blocks.0.attn.hook_pattern");
        assertThat(whole.status()).as(whole.err()).isZero();
        SafetensorsFile all = SafetensorsFile.open(out);
        float[] stream = all.floats("right.blocks.0.hook_resid_post");
        List<Long> shape = all.entry("right.blocks.0.hook_resid_post").shape();
        List<Long> pattern = all.entry("right.blocks.0.attn.hook_pattern").shape();
        Cli part = capture(
                golden,
                "--tokens",
                tokens,
                "blocks.0.hook_resid_post,blocks.0.attn.hook_pattern",
                "--positions",
                "1:3",
                "--store",
                "bfloat16");
        assertThat(part.status()).as(part.err()).isZero();
        SafetensorsFile some = SafetensorsFile.open(out);
        assertThat(some.entry("right.blocks.0.hook_resid_post").toString()).contains("BF16");
        assertThat(some.entry("right.blocks.0.hook_resid_post").shape())
                .containsExactly(shape.get(0), 2L, shape.get(2));
        assertThat(some.entry("right.blocks.0.attn.hook_pattern").shape())
                .containsExactly(pattern.get(0), pattern.get(1), 2L, pattern.get(3));
        float[] kept = some.floats("right.blocks.0.hook_resid_post");
        int width = shape.get(2).intValue();
        for (int i = 0; i < kept.length; i++) {
            int row = i / (2 * width);
            float expected = stream[(row * shape.get(1).intValue() + 1 + i / width % 2) * width + i % width];
            assertThat(kept[i]).isCloseTo(expected, within(Math.abs(expected) / 256));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--positions | 5:5   | no position lies from 5 to before 5",
                "--positions | some  | 'some' is none of all, first, last, A:B and a list such as 0,3",
                "--positions | 50    | row 0 of the batch: error TOOL-INPUT: it has",
                "--store     | int8  | --store: error USAGE: there is no number type 'int8'; give one of float32, bfloat16, float16",
                "--device    | tpu   | 'tpu' is no device",
                "--device    | gpu:7 | device gpu:7: error DEVICE-MISSING",
            })
    void refusesPartsAndPlacesThatAreNotThere(String option, String value, String sentence) throws IOException {
        Path golden = golden("gpt2");
        Cli ended = capture(golden, "--tokens", golden.resolve("inputs.json"), "hook_embed", option, value);
        assertThat(ended.err()).contains(sentence);
        assertThat(ended.status()).isEqualTo(value.equals("gpu:7") ? 3 : 2);
        assertThat(out).doesNotExist();
    }

    /** A byte order mark is no part of the first text, and lines keep their numbers. */
    @Test
    void cutsLongTextsAndSaysWhichLinesAreCutOrBlank() throws IOException {
        Path golden = golden("bert");
        int longest = Cli.document(Files.readString(golden.resolve("config.json")))
                .get("max_position_embeddings")
                .intValue();
        String text = "\uFEFFthe cat\n\n  \n" + "the cat ".repeat(longest) + "\nthe cat\n\n";
        Path texts = Files.writeString(folder.resolve("texts.txt"), text);
        Cli ended = capture(golden, "--text", texts, "hook_embed", "--json", "--quiet");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.err())
                .isEqualTo(texts + ": warning DATA-ROW: lines 2, 3 are blank and left out\n" + texts
                        + ": warning DATA-CUT: line 4 is cut to the " + longest + " tokens that the model reads\n");
        SafetensorsFile file = SafetensorsFile.open(out);
        assertThat(file.entry("texts.input_ids").shape()).containsExactly(3L, (long) longest);
        long[] ids = file.longs("texts.input_ids");
        long[] mask = file.longs("texts.attention_mask");
        for (int column = 0; column < longest && mask[column] == 1; column++) {
            assertThat(ids[column]).as("no mark in it").isEqualTo(ids[2 * longest + column]);
        }
        assertThat(ids[2 * longest - 1])
                .as("[SEP] is kept")
                .isEqualTo(ids[
                        (int) java.util.stream.IntStream.range(0, longest)
                                        .filter(i -> mask[i] == 1)
                                        .count()
                                - 1]);
        JsonNode document = ended.document();
        assertThat(document.get("status").textValue()).isEqualTo("FINISHED");
        assertThat(document.get("file").textValue()).isEqualTo(out.toString());
        assertThat(document.get("problems")).hasSize(2);
        assertThat(document.at("/batches/0/rows").intValue()).isEqualTo(3);
        assertThat(document.at("/hook_points/0").textValue()).isEqualTo("hook_embed");
    }

    @Test
    void saysWhichLineIsNoText() throws IOException {
        Path golden = golden("bert");
        Path texts = Files.write(folder.resolve("texts.txt"), new byte[] {'a', '\n', '\n', (byte) 0xff, '\n'});
        Cli ended = capture(golden, "--text", texts, "hook_embed");
        assertThat(ended.err()).isEqualTo(texts + ":3:1: error DATA-ROW: the line is not UTF-8\n");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
    }

    @Test
    void modelAndChecksAreDocumentsToo() throws IOException {
        Path golden = golden("gpt2");
        JsonNode model = Cli.run("model", golden.toString(), "--json").document();
        assertThat(model.get("status").textValue()).isEqualTo("VALID");
        assertThat(model.get("n_layers").intValue()).isEqualTo(2);
        assertThat(model.get("hook_points").findValuesAsText("name"))
                .contains("blocks.{l}.attn.hook_pattern", "logits");
        Cli verified = Cli.run("verify-model", golden.toString(), "--json", "--device", "cpu", "--quiet");
        assertThat(verified.status()).isZero();
        assertThat(verified.document().get("status").textValue()).isEqualTo("FINISHED");
        assertThat(verified.document().get("checks")).hasSize(9).allMatch(check -> check.get("holds")
                .booleanValue());
        Files.writeString(
                golden.resolve("inputs.json"),
                Files.readString(golden.resolve("inputs.json"))
                        .replaceFirst("\"left\"", "\"right\"")
                        .replaceFirst("\"right\"", "\"left\""));
        Cli failed = Cli.run("verify-model", golden.toString(), "--reference", golden.toString(), "--json");
        assertThat(failed.status()).isEqualTo(ExitStatus.CHECK.number());
        assertThat(failed.document().get("status").textValue()).isEqualTo("FAILED");
        assertThat(failed.document().at("/problems/0/code").textValue()).isEqualTo("CHECK-FAILED");
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

    @Test
    void refusesCarelessNames() throws IOException {
        String golden = golden("gpt2").toString();
        String directory = folder.toString();
        String file =
                Files.writeString(folder.resolve("texts.txt"), "the cat\n").toString();
        String blank = ": error USAGE: it is blank; name a built-in model or a directory in Hugging Face layout";
        refused(2, "MODEL" + blank, "model", "");
        refused(2, "MODEL" + blank, "verify-model", " ");
        refused(2, "--model" + blank, "capture", "--model", "", "--text", file, "--out", out.toString());
        String noFile = directory + ": error FILE-MISSING: it is a directory; give a ";
        refused(2, noFile + "file with a text", "capture", "--model", golden, "--text", directory, "--out", out + "");
        refused(2, noFile + "JSON file", "capture", "--model", golden, "--tokens", directory, "--out", out + "");
        String target = "--out: error DIRECTORY: '" + directory + "' is a directory; name a file to write";
        refused(3, target, "capture", "--model", golden, "--text", file, "--out", directory);
    }

    private void refused(int status, String sentence, String... line) {
        List<String> words = new ArrayList<>(List.of(line));
        if (line[0].equals("capture")) {
            words.addAll(List.of("--hooks", "hook_embed"));
        }
        Cli ended = Cli.run(words.toArray(String[]::new));
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
        assertThat(ended.out().lines().skip(1)).hasSize(10).allMatch(line -> line.contains("  holds  "));
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
