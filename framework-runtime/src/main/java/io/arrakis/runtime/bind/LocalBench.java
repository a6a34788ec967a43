package io.arrakis.runtime.bind;

import com.google.inject.Binder;
import com.google.inject.Guice;
import com.google.inject.name.Names;
import io.arrakis.api.bench.Bench;
import io.arrakis.api.bench.BenchExperiment;
import io.arrakis.api.bench.BenchProvider;
import io.arrakis.api.bench.BenchTool;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.plugin.Broken;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.plugin.Tool;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunOutcome;
import io.arrakis.runtime.run.RunRequest;
import io.arrakis.runtime.run.RunState;
import io.arrakis.runtime.run.StepId;
import io.arrakis.runtime.spec.Checked;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs each call as an experiment with one step, and before it the steps whose results it was given. */
final class LocalBench implements Bench {

    private static final String NAME = "bench";

    private final BenchProvider.Settings settings;
    private final Path cacheDirectory;
    private final ArrakisRuntime runtime;
    private final IdentityHashMap<Record, BenchCall> results = new IdentityHashMap<>();
    private String name = NAME;
    private Optional<Path> lastRun = Optional.empty();

    LocalBench(BenchProvider.Settings settings, Path cacheDirectory, ArrakisRuntime runtime) {
        this.settings = settings;
        this.cacheDirectory = cacheDirectory;
        this.runtime = runtime;
    }

    @Override
    public <P extends Record, R extends Record> R call(
            Class<? extends Operation<P, R>> operation, Object... arguments) {
        OperationType type = catalog().tools().stream()
                .flatMap(tool -> tool.operations().values().stream())
                .filter(known -> known.type() == operation)
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.UNKNOWN_OPERATION,
                        operation.getName(),
                        "no tool on the class path offers this class",
                        "call operations of plug-in folders by their names"));
        @SuppressWarnings("unchecked") // the result of this class is an R
        R result = (R) call(type, arguments);
        return result;
    }

    @Override
    public Record call(String operation, Object... arguments) {
        return call(catalog().operation(operation).orElseThrow(() -> unknown(operation)), arguments);
    }

    private ArrakisException unknown(String operation) {
        int dot = operation.indexOf('.');
        Tool tool = tool(dot < 0 ? operation : operation.substring(0, dot));
        return new ArrakisException(
                ErrorCode.UNKNOWN_OPERATION,
                operation,
                "the tool " + tool.name() + " has no operation of this name",
                Suggestions.mend(operation.substring(dot + 1), tool.operations().keySet(), "operations"));
    }

    Record call(OperationType type, Object... arguments) {
        List<String> keys = runtime.vocabulary().parameters(type).keys();
        if (arguments.length > keys.size()) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    type.fullName(),
                    "there are " + arguments.length + " arguments for " + keys.size() + " parameters",
                    "give them in this order: " + String.join(", ", keys));
        }
        BenchCall call = BenchCall.of(type, keys, Arrays.asList(arguments), results);
        Record result = ResultFiles.read(run(call), type.result());
        results.put(result, call);
        return result;
    }

    /** Runs the call with all that it reads, and returns the directory of its result. */
    private Path run(BenchCall call) {
        try (BenchFile file = BenchFile.write(name, settings, call)) {
            Checked checked = runtime.check(new ExperimentReader.Request(file.path(), List.of(), settings.limit()));
            Natives.require(cacheDirectory, checked.experiment().threads());
            RunRequest request = new RunRequest(
                    checked.experiment(),
                    settings.saveDirectory().toAbsolutePath(),
                    file.path().toString(),
                    List.of(),
                    settings.limit(),
                    checked.problems());
            RunOutcome outcome = runtime.run(request, RunListener.SILENT, new Cancellation());
            lastRun = Optional.of(outcome.directory().path());
            if (outcome.state() != RunState.FINISHED) {
                throw new ArrakisException(outcome.problems());
            }
            return outcome.directory().result(StepId.of(call.step()));
        }
    }

    @Override
    public BenchTool useTools(String tool) {
        return new LocalBenchTool(this, tool(tool));
    }

    private Tool tool(String wanted) {
        return catalog().tool(wanted).orElseThrow(() -> catalog()
                .broken("tool", wanted)
                .map(LocalBench::broken)
                .orElseGet(() -> new ArrakisException(
                        ErrorCode.UNKNOWN_TOOL,
                        wanted,
                        "there is no tool of this name",
                        Suggestions.mend(
                                wanted,
                                catalog().tools().stream().map(Tool::name).toList(),
                                "tools"))));
    }

    private static ArrakisException broken(Broken broken) {
        return new ArrakisException(
                ErrorCode.TOOL_BROKEN, "bench", broken.toString(), "mend the plug-in or take it away");
    }

    @Override
    public <T> T logExperiment(String experimentName, Supplier<T> experiment) {
        String before = name;
        name = experimentName;
        try {
            return experiment.get();
        } finally {
            name = before;
        }
    }

    @Override
    public <T> T logExperiment(Class<? extends BenchExperiment<T>> experiment) {
        BenchExperiment<T> made = make(experiment);
        return logExperiment(SnakeCase.of(experiment.getSimpleName()), made::run);
    }

    private <E> E make(Class<E> type) {
        try {
            return Guice.createInjector(binder -> bind(binder, type)).getInstance(type);
        } catch (RuntimeException e) {
            throw new ArrakisException(
                    ErrorCode.USAGE,
                    type.getName(),
                    "the experiment cannot be made: " + PluginInjectors.reason(e),
                    "give it one constructor with @Inject, and tools as @Named(\"k_prober\") BenchTool");
        }
    }

    private void bind(Binder binder, Class<?> type) {
        binder.requireExplicitBindings();
        binder.requireAtInjectOnConstructors();
        binder.bind(Bench.class).toInstance(this);
        for (Tool tool : catalog().tools()) {
            binder.bind(BenchTool.class)
                    .annotatedWith(Names.named(tool.name()))
                    .toInstance(new LocalBenchTool(this, tool));
        }
        binder.bind(type);
    }

    @Override
    public Optional<Path> lastRun() {
        return lastRun;
    }

    @Override
    public void close() {
        runtime.close();
    }

    private PluginCatalog catalog() {
        return runtime.catalog();
    }
}
