package io.arrakis.runner.command;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ModelJson;
import io.arrakis.runner.render.TextTable;
import io.arrakis.runtime.bind.ArrakisRuntime;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what a model is. */
@Command(
        name = "model",
        description = "Prints the architecture of a model, its parameter count and its hook points; reads no weights.",
        mixinStandardHelpOptions = true)
final class ModelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A built-in name or a directory in Hugging Face layout.")
    private String model;

    @Option(names = "--json", description = "Prints one JSON document instead.")
    private boolean json;

    @Mixin
    private CacheOption cache;

    @Mixin
    private PluginsOption plugins;

    private final Console console;

    ModelCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (ArrakisRuntime runtime = ArrakisRuntime.open(cache.settings(plugins.path()))) {
            ModelDescription description = runtime.describe(
                    ModelReference.of(model, "MODEL"), Path.of("").toAbsolutePath());
            if (json) {
                console.document(ModelJson.model(description));
            } else {
                print(description);
            }
        }
        return ExitStatus.DONE.number();
    }

    private void print(ModelDescription description) {
        Architecture architecture = description.architecture();
        Dimensions dims = architecture.dims();
        new TextTable()
                .row("model", description.name())
                .row("family", description.family())
                .row("parameters", String.format(Locale.ROOT, "%,d", description.parameterCount()))
                .row("n_layers", Integer.toString(dims.nLayers()))
                .row("d_model", Integer.toString(dims.dModel()))
                .row("n_heads", dims.nHeads() + " of d_head " + dims.dHead())
                .row("n_key_value_heads", Integer.toString(dims.nKeyValueHeads()))
                .row("d_mlp", dims.dMlp() + (architecture.mlp().gated() ? ", gated" : ""))
                .row("n_ctx", Integer.toString(dims.nCtx()))
                .row("d_vocab", Integer.toString(dims.dVocab()))
                .lines()
                .forEach(console::result);
        console.result("");
        hookPoints(architecture).lines().forEach(console::result);
    }

    private static TextTable hookPoints(Architecture architecture) {
        TextTable table = new TextTable().row("hook point", "axes", "shape", "what");
        for (HookPoint point : HookPoint.values()) {
            if (architecture.has(point)) {
                String axes = point.axes().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
                table.row(point.template(), axes, shape(architecture, point), point.meaning());
            }
        }
        return table;
    }

    private static String shape(Architecture architecture, HookPoint point) {
        HookName name = point.inBlock() ? HookName.of(point, 0) : HookName.of(point);
        long[] lengths = architecture.shape(name, 1, 1);
        StringBuilder shape = new StringBuilder("[");
        for (int i = 0; i < lengths.length; i++) {
            String axis = point.axes().get(i).label();
            boolean free = axis.equals("batch") || axis.endsWith("pos");
            shape.append(i == 0 ? "" : ", ").append(free ? axis : Long.toString(lengths[i]));
        }
        return shape.append(']').toString();
    }
}
