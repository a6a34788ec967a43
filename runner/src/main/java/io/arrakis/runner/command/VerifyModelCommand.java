package io.arrakis.runner.command;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ModelJson;
import io.arrakis.runner.render.TextTable;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.Natives;
import io.arrakis.runtime.model.verify.Finding;
import io.arrakis.runtime.model.verify.ModelVerifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a model computes what it should. */
@Command(
        name = "verify-model",
        description =
                "Checks the numbers of a model against themselves and against a reference; status 5 if one fails.",
        mixinStandardHelpOptions = true)
final class VerifyModelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A built-in name or a directory in Hugging Face layout.")
    private String model;

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description = "A folder with inputs.json and expected.safetensors of another implementation.")
    private Path reference;

    @Mixin
    private DeviceOption device;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CacheOption cache;

    @Mixin
    private PluginsOption plugins;

    private final Console console;

    VerifyModelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Natives.require(cache.directory(), DeviceOption.THREADS);
        List<Finding> findings = new ArrayList<>();
        try (ArrakisRuntime runtime = ArrakisRuntime.open(cache.settings(plugins.path()));
                HookedModel hooked = open(runtime, ComputeType.FLOAT32)) {
            ModelVerifier verifier = new ModelVerifier(hooked, () -> open(runtime, ComputeType.FLOAT64));
            findings.addAll(verifier.run());
            if (reference != null) {
                findings.add(verifier.compare(reference));
            }
        }
        if (output.json()) {
            console.document(ModelJson.checks(model, findings));
        } else {
            table(findings).lines().forEach(console::result);
        }
        boolean holds = findings.stream().allMatch(Finding::holds);
        return holds ? ExitStatus.DONE.number() : ExitStatus.CHECK.number();
    }

    private HookedModel open(ArrakisRuntime runtime, ComputeType type) {
        return runtime.open(ModelReference.of(model, "MODEL"), Path.of("").toAbsolutePath(), device.options(type));
    }

    private static TextTable table(List<Finding> findings) {
        TextTable table = new TextTable().row("check", "", "largest difference", "allowed", "where");
        findings.forEach(finding -> table.row(
                finding.check(),
                finding.holds() ? "holds" : "FAILS",
                number(finding.largest()),
                number(finding.tolerance()),
                finding.where()));
        return table;
    }

    private static String number(double value) {
        return Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.1e", value);
    }
}
