package io.arrakis.runner.render;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.runtime.bind.PluginInjectors;
import io.arrakis.runtime.plugin.Broken;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.Origin;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.plugin.Tool;
import io.arrakis.runtime.spec.OperationDescription;
import io.arrakis.runtime.spec.Vocabulary;
import io.arrakis.runtime.spec.Vocabulary.UnreadableParametersException;
import io.arrakis.runtime.spec.form.ParameterDescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What people read about tools, data sources, model families and model sources. */
public final class ToolPages {

    private static final String INDENT = "  ";

    private final PluginCatalog catalog;
    private final Vocabulary vocabulary;
    private final PluginInjectors injectors = new PluginInjectors();

    /** Makes pages of what a vocabulary has. */
    public ToolPages(Vocabulary vocabulary) {
        this.catalog = vocabulary.catalog();
        this.vocabulary = vocabulary;
    }

    /** Returns all tools, data sources, model families, model sources and sweep executors, where they came from, and what is broken. */
    public List<String> overview() {
        List<String> lines = new ArrayList<>();
        for (Tool tool : catalog.tools()) {
            lines.addAll(heading(tool));
            TextTable operations = new TextTable();
            tool.operations()
                    .values()
                    .forEach(operation -> operations.row(INDENT + operation.name(), summary(operation)));
            lines.addAll(operations.lines());
            lines.add("");
        }
        lines.add("data sources");
        TextTable sources = new TextTable();
        catalog.dataSources()
                .values()
                .forEach(source -> sources.row(
                        INDENT + source.name(),
                        from(source.origin()),
                        source.value().summary()));
        lines.addAll(sources.lines());
        lines.addAll(brought("model families", catalog.modelFamilies()));
        lines.addAll(brought("model sources", catalog.modelSources()));
        lines.addAll(executors());
        lines.addAll(broken());
        return lines;
    }

    private List<String> executors() {
        TextTable table = new TextTable();
        catalog.sweepExecutors()
                .values()
                .forEach(executor -> table.row(
                        INDENT + executor.name(),
                        from(executor.origin()),
                        executor.value().summary()));
        List<String> lines = new ArrayList<>(List.of("", "where sweeps run (arrakis sweep --executor NAME)"));
        lines.addAll(table.lines());
        return lines;
    }

    private static List<String> brought(String what, Map<String, ? extends Provided<?>> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable();
        all.values().forEach(one -> table.row(INDENT + one.name(), from(one.origin())));
        List<String> lines = new ArrayList<>(List.of("", what));
        lines.addAll(table.lines());
        return lines;
    }

    private List<String> broken() {
        if (catalog.broken().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "broken, and of no use until it is mended"));
        catalog.broken().stream().map(Broken::toString).map(INDENT::concat).forEach(lines::add);
        return lines;
    }

    /** Returns a tool with all its operations. */
    public List<String> tool(Tool tool) {
        List<String> lines = new ArrayList<>(heading(tool));
        for (OperationType operation : tool.operations().values()) {
            lines.add("");
            lines.addAll(operation(operation));
        }
        return lines;
    }

    /** Returns what an operation takes, with an example to paste. */
    public List<String> operation(OperationType operation) {
        return described(operation.fullName(), () -> OperationDescription.of(operation, vocabulary));
    }

    /** Returns what a data source takes, with an example to paste. */
    public List<String> dataSource(Provided<DatasetSource<?>> source) {
        return described(source.name(), () -> OperationDescription.of(source, vocabulary));
    }

    /** Returns which models a family reads, and where it came from. */
    public List<String> modelFamily(Provided<ModelFamily> family) {
        return List.of(
                family.name() + " " + from(family.origin()),
                INDENT + "A model family: reads models whose config.json says \"model_type\": \"" + family.name()
                        + "\".");
    }

    /** Returns where a model source came from, and the names that it lists. */
    public List<String> modelSource(Provided<ModelSource> source) {
        List<String> lines = new ArrayList<>(List.of(
                source.name() + " " + from(source.origin()),
                INDENT + "A model source: opens what an experiment names with 'model:'."));
        source.value().names().forEach(name -> lines.add(INDENT + "model: " + name));
        return lines;
    }

    private List<String> heading(Tool tool) {
        List<String> lines = new ArrayList<>(List.of(tool.name() + " " + from(tool.origin())));
        if (!tool.summary().isEmpty()) {
            lines.add(INDENT + tool.summary());
        }
        injectors.whyBroken(tool).ifPresent(why -> lines.add(INDENT + "broken: it cannot be made: " + why));
        return lines;
    }

    /** A version and a place; a jar of the application itself is not named by its directory. */
    private static String from(Origin origin) {
        return origin.isBuiltIn()
                ? origin.version() + " (" + Path.of(origin.location()).getFileName() + ")"
                : origin.version() + " (" + origin.location() + ")";
    }

    private String summary(OperationType operation) {
        try {
            return OperationDescription.of(operation, vocabulary).summary();
        } catch (UnreadableParametersException e) {
            return "broken: " + e.getMessage();
        }
    }

    private static List<String> described(String name, Supplier<OperationDescription> description) {
        try {
            return page(description.get());
        } catch (UnreadableParametersException e) {
            return List.of(name, INDENT + "broken: " + e.getMessage());
        }
    }

    private static List<String> page(OperationDescription description) {
        List<String> lines = new ArrayList<>(List.of(description.name()));
        if (!description.summary().isEmpty()) {
            lines.add(INDENT + description.summary());
        }
        if (!description.parameters().isEmpty()) {
            lines.add("");
            lines.addAll(parameters(description.parameters()));
        }
        lines.add("");
        description.example().lines().forEach(lines::add);
        return lines;
    }

    private static List<String> parameters(List<ParameterDescription> parameters) {
        TextTable table = new TextTable();
        parameters.forEach(parameter -> {
            table.row(INDENT + parameter.name(), demand(parameter) + parameter.type());
            if (!parameter.description().isEmpty()) {
                table.row("", parameter.description());
            }
        });
        return table.lines();
    }

    private static String demand(ParameterDescription parameter) {
        return switch (parameter.demand()) {
            case REQUIRED -> "required: ";
            case REQUIRED_AMONG_DATA_SETS -> "required where there are several data sets: ";
            case OPTIONAL ->
                parameter.defaultValue().map(value -> "default " + value + ": ").orElse("optional: ");
        };
    }
}
