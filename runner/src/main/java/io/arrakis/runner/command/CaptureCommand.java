package io.arrakis.runner.command;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPattern;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ModelJson;
import io.arrakis.runner.render.ProblemPrinter;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.capture.CaptureFile;
import io.arrakis.runtime.capture.NamedBatch;
import io.arrakis.runtime.capture.TextLines;
import io.arrakis.runtime.capture.TokenFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
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
            names = "--positions",
            paramLabel = "WHICH",
            description =
                    "Which tokens of each row are written: all (the default), first, last, A:B, or a list such as 0,3.",
            defaultValue = "all",
            converter = PositionsConverter.class)
    private Positions positions;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "What is computed in: float32 (the default), bfloat16, float16 or float64.")
    private String dtype = ComputeType.FLOAT32.id();

    @Option(
            names = "--store",
            paramLabel = "TYPE",
            description = "What is written: float32 (the default), bfloat16 or float16.")
    private String store = KeptType.FLOAT32.id();

    @Mixin
    private DeviceOption device;

    @Mixin
    private OutputOptions output;

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
                description = "A text a line, blank ones left out; they make one batch named 'texts'.")
        private Path text;
    }

    @Override
    public Integer call() {
        ComputeType computed = chosen(ComputeType.values(), ComputeType::id, dtype, "--dtype");
        KeptType kept = chosen(KeptType.values(), KeptType::id, store, "--store");
        requireFile();
        Natives.require(cache.directory(), DeviceOption.THREADS);
        try (ArrakisRuntime runtime = ArrakisRuntime.open(cache.settings(plugins.path()));
                HookedModel hooked = runtime.open(
                        ModelReference.of(model, "--model"), Path.of("").toAbsolutePath(), device.options(computed))) {
            write(hooked, kept);
        }
        return ExitStatus.DONE.number();
    }

    private static <T> T chosen(T[] types, Function<T, String> id, String asked, String option) {
        return Arrays.stream(types)
                .filter(type -> id.apply(type).equals(asked))
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.USAGE,
                        option,
                        "there is no number type '" + asked + "'",
                        "give one of " + Arrays.stream(types).map(id).collect(Collectors.joining(", "))));
    }

    private void write(HookedModel hooked, KeptType kept) {
        SortedSet<HookName> names =
                pattern().resolve(hooked.description().architecture().hookNames());
        List<Problem> warnings = List.of();
        List<NamedBatch> batches;
        if (input.tokens != null) {
            batches = TokenFile.read(input.tokens);
        } else {
            TextLines lines = TextLines.read(input.text, hooked);
            batches = List.of(lines.batch());
            warnings = lines.warnings();
        }
        new ProblemPrinter(console).print(warnings);
        ForwardRequest request = ForwardRequest.keep(names).at(positions).keptAs(kept);
        new CaptureFile(hooked, request, input.text != null)
                .write(batches, out.toAbsolutePath(), name -> console.say("captured " + name));
        console.say("hook points: " + names.size() + ", batches: " + batches.size() + ", written to " + out);
        if (output.json()) {
            console.document(ModelJson.capture(out.toAbsolutePath(), names, batches, warnings));
        }
    }

    private HookPattern pattern() {
        try {
            return new HookPattern(hooks);
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(ErrorCode.USAGE, "--hooks", e.getMessage(), "write names separated by commas");
        }
    }

    /** Before the model runs, which may take long. */
    private void requireFile() {
        if (Files.isDirectory(out.toAbsolutePath())) {
            throw new ArrakisException(
                    ErrorCode.DIRECTORY, "--out", "'" + out + "' is a directory", "name a file to write");
        }
        if (!Files.isDirectory(out.toAbsolutePath().getParent())) {
            throw new ArrakisException(
                    ErrorCode.DIRECTORY,
                    "--out",
                    "'" + out.toAbsolutePath().getParent() + "' is no directory",
                    "make it first");
        }
    }
}
