package io.arrakis.runner.command;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.render.ToolPages;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.plugin.Tool;
import io.arrakis.runtime.spec.Vocabulary;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what experiments can use. */
@Command(
        name = "tools",
        description = "Lists tools, data sources, model families and model sources, or says what one of them takes.",
        mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description =
                    "A tool, an operation such as k_prober.knowledge_probe, a data source, a model family or a model source.")
    private String name;

    @Mixin
    private PluginsOption plugins;

    private final Console console;

    ToolsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (PluginCatalog catalog = PluginCatalog.discover(plugins.path())) {
            ToolPages pages = new ToolPages(new Vocabulary(catalog));
            List<String> lines = name == null ? pages.overview() : page(catalog, pages);
            lines.forEach(console::result);
        }
        return ExitStatus.DONE.number();
    }

    private List<String> page(PluginCatalog catalog, ToolPages pages) {
        Optional<Tool> tool = catalog.tool(name);
        if (tool.isPresent()) {
            return pages.tool(tool.get());
        }
        Optional<OperationType> operation = catalog.operation(name);
        if (operation.isPresent()) {
            return pages.operation(operation.get());
        }
        Provided<DatasetSource<?>> source = catalog.dataSources().get(name);
        if (source != null) {
            return pages.dataSource(source);
        }
        return ofModels(catalog, pages).orElseThrow(() -> unknown(catalog));
    }

    private Optional<List<String>> ofModels(PluginCatalog catalog, ToolPages pages) {
        Provided<ModelFamily> family = catalog.modelFamilies().get(name);
        return family == null
                ? Optional.ofNullable(catalog.modelSources().get(name)).map(pages::modelSource)
                : Optional.of(pages.modelFamily(family));
    }

    private ArrakisException unknown(PluginCatalog catalog) {
        return catalog.broken().stream()
                .filter(broken -> broken.names().contains(name)
                        || broken.origin().plugin().equals(name))
                .findFirst()
                .map(broken -> new ArrakisException(
                        ErrorCode.TOOL_BROKEN, name, broken.toString(), "mend the plug-in or take it away"))
                .orElseGet(() -> new ArrakisException(
                        ErrorCode.UNKNOWN_TOOL,
                        name,
                        "there is no tool, operation, data source, model family or model source of this name",
                        Suggestions.mend(name, names(catalog), "names")));
    }

    /** The names that could have been meant: operations only where the name has a dot, since there are many. */
    private List<String> names(PluginCatalog catalog) {
        List<String> names = new ArrayList<>();
        catalog.tools().forEach(tool -> {
            names.add(tool.name());
            if (name.contains(".")) {
                tool.operations().values().forEach(operation -> names.add(operation.fullName()));
            }
        });
        names.addAll(catalog.dataSources().keySet());
        names.addAll(catalog.modelFamilies().keySet());
        names.addAll(catalog.modelSources().keySet());
        return names;
    }
}
