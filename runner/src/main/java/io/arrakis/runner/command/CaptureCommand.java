package io.arrakis.runner.command;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPattern;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runner.render.Console;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.capture.CaptureFile;
import io.arrakis.runtime.capture.NamedBatch;
import io.arrakis.runtime.capture.TokenFile;
import io.arrakis.runtime.model.ComputeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes activations of a few batches to a file. */
@Command(
        name = "capture",
        description = "Writes whole tensors of a model's hook points for some texts to a safetensors file.",
        mixinStandardHelpOptions = true)
final class CaptureCommand implements Callable<Integer> {

    private static final int THREADS = 2;

    @Option(names = "--model", required = true, paramLabel = "M", description = "A built-in name or a directory.")
    private String model;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    @Option(
            names = "--hooks",
            required = true,
            paramLabel = "PATTERN",
            description = "Names separated by commas, with * for any text; '*' is every hook point.")
    private String hooks;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The safetensors file to write.")
    private Path out;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "What is computed in: float32 (the default), bfloat16, float16 or float64; float32 is written.")
    private String dtype = ComputeType.FLOAT32.id();

    @Mixin
    private CacheOption cache;

    @Mixin
    private PluginsOption plugins;

    private final Console console;

    CaptureCommand(Console console) {
        this.console = console;
    }

    /** What the model reads. */
    static final class Input {
        @Option(
                names = "--tokens",
                required = true,
                paramLabel = "FILE",
                description = "JSON with batches of token ids.")
        private Path tokens;

        @Option(
                names = "--text",
                required = true,
                paramLabel = "FILE",
                description = "A text a line; they make one batch named 'texts'.")
        private Path text;
    }

    @Override
    public Integer call() {
        ComputeOptions options = ComputeOptions.cpu(THREADS).in(type());
        Natives.require(cache.directory(), THREADS);
        try (ArrakisRuntime runtime = ArrakisRuntime.open(cache.settings(plugins.path()));
                HookedModel hooked =
                        runtime.open(new ModelSpec.Named(model), Path.of("").toAbsolutePath(), options)) {
            write(hooked);
        }
        return ExitStatus.DONE.number();
    }

    private ComputeType type() {
        return Arrays.stream(ComputeType.values())
                .filter(type -> type.id().equals(dtype))
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.USAGE,
                        "--dtype",
                        "there is no number type '" + dtype + "'",
                        "give float32, bfloat16, float16 or float64"));
    }

    private void write(HookedModel hooked) {
        SortedSet<HookName> names =
                pattern().resolve(hooked.description().architecture().hookNames());
        List<NamedBatch> batches = input.tokens != null ? TokenFile.read(input.tokens) : List.of(texts(hooked));
        requireDirectory();
        new CaptureFile(hooked, names, input.text != null)
                .write(batches, out.toAbsolutePath(), name -> console.say("captured " + name));
        console.say(names.size() + " hook points of " + batches.size() + " batches are in " + out);
    }

    private HookPattern pattern() {
        try {
            return new HookPattern(hooks);
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(ErrorCode.USAGE, "--hooks", e.getMessage(), "write names separated by commas");
        }
    }

    private void requireDirectory() {
        if (!Files.isDirectory(out.toAbsolutePath().getParent())) {
            throw new ArrakisException(
                    ErrorCode.DIRECTORY,
                    "--out",
                    "'" + out.toAbsolutePath().getParent() + "' is no directory",
                    "make it first");
        }
    }

    private NamedBatch texts(HookedModel hooked) {
        Tokenizer tokenizer = hooked.tokenizer();
        int longest = hooked.description().architecture().dims().nCtx();
        List<Encoding> encodings = lines().stream()
                .map(line -> tokenizer.encode(line, Tokenizer.SpecialTokens.ADD))
                .toList();
        for (int line = 0; line < encodings.size(); line++) {
            if (encodings.get(line).size() > longest) {
                throw new ArrakisException(
                        ErrorCode.DATA_ROW,
                        input.text + ":" + (line + 1),
                        "the text has " + encodings.get(line).size() + " tokens, but the model reads " + longest,
                        "make it shorter");
            }
        }
        return new NamedBatch("texts", TokenBatch.rightPadded(encodings, tokenizer.padId()));
    }

    private List<String> lines() {
        if (!Files.isRegularFile(input.text)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING, input.text.toString(), "there is no such file", "check the path");
        }
        try {
            List<String> lines = Files.readAllLines(input.text, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.isEmpty()) {
                throw new ArrakisException(
                        ErrorCode.DATA_UNFIT, input.text.toString(), "it has no text", "write a text a line");
            }
            return lines;
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_ROW, input.text.toString(), "it cannot be read as UTF-8: " + e.getMessage(), "");
        }
    }
}
