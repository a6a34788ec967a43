package io.arrakis.runner.command;

import io.arrakis.runner.render.Console;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.spec.ExperimentSchema;
import io.arrakis.runtime.spec.Vocabulary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what editors need to complete and check experiments. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of experiments, with the tools and data sources that are there.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    @Mixin
    private PluginsOption plugins;

    private final Console console;

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (PluginCatalog catalog = PluginCatalog.discover(plugins.path())) {
            console.result(ExperimentSchema.of(new Vocabulary(catalog)).stripTrailing());
        }
        return ExitStatus.DONE.number();
    }
}
