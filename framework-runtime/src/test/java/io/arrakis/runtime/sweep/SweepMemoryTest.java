package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static io.arrakis.runtime.sweep.SweepBench.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.bind.ArrakisRuntime;
import io.arrakis.runtime.bind.RuntimeSettings;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.cache.CacheSettings;
import io.arrakis.runtime.device.MachineInventory;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginPath;
import io.arrakis.runtime.run.Cancellation;
import io.arrakis.runtime.run.RunListener;
import io.arrakis.runtime.run.RunServices;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.ExperimentReader;
import io.arrakis.testkit.PluginJar;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep holds open does not grow with the models and data sets that it goes over. */
class SweepMemoryTest {

    private static final String MODELS = HEAD + """
            controls: {random_model: {seed: 3}}
            steps:
              rows: {use: planted.read_rows, with: {layer_idx: 0, texts: [the cat sat, a]}}
            sweep:
              grid:
                steps.rows.with.layer_idx: [1, 2]
                model: [tiny, %s]
            """;

    /** Says with each data set how many are held; the size of one is seen in a heap that is about to be full. */
    private static final String HELD = """
            package org.example.held;
            import io.arrakis.api.data.*;
            import java.lang.ref.WeakReference;
            import java.util.*;
            public final class Held implements DatasetSource<Held.Params> {
                private static final List<WeakReference<Dataset>> GIVEN = new ArrayList<>();
                public record Params(int at) {}
                @Override public String name() { return "held"; }
                @Override public String summary() { return "Counts."; }
                @Override public Class<Params> parameters() { return Params.class; }
                @Override public Dataset open(Params params, DataContext context) {
                    System.gc();
                    GIVEN.removeIf(given -> given.get() == null);
                    if (GIVEN.size() > 1) {
                        throw new IllegalStateException(GIVEN.size() + " data sets are held");
                    }
                    List<Example> texts = List.of(new Example("a", "the cat", Map.of()));
                    Dataset data = new ListDataset(texts, List.of(), "held " + params + context.seed());
                    GIVEN.add(new WeakReference<>(data));
                    return data;
                }
            }
            """;

    @TempDir
    Path temp;

    private SweepBench bench;
    private int open;
    private int most;
    private int opened;

    @BeforeEach
    void bench() {
        bench = SweepBench.in(temp);
    }

    @Test
    void noMoreModelsAreOpenThanOneTrialReads() throws IOException {
        String random =
                "{random: {like: tiny, seed: 1}}, {random: {like: tiny, seed: 2}}, {random: {like: tiny, seed: 4}}";
        SweepOutcome outcome = countingModels(MODELS.formatted(random));
        assertThat(outcome.trials())
                .hasSize(8)
                .allSatisfy(trial -> assertThat(trial.status().message()).isEmpty());
        assertThat(most).as("a model and its random control").isEqualTo(2);
        assertThat(open).isZero();
    }

    @Test
    void aModelThatAllTrialsReadIsOpenedOnce() throws IOException {
        countingModels(MODELS.formatted("tiny").replace("model: [tiny, tiny]", "seed: {range: [1, 3]}"));
        assertThat(opened).as("the model and its random control").isEqualTo(2);
        assertThat(open).isZero();
    }

    @Test
    void noMoreDataSetsAreHeldThanOneTrialReads() {
        new PluginJar()
                .source("org.example.held.Held", HELD)
                .service(DatasetSource.class, "org.example.held.Held")
                .write(temp.resolve("plugins").resolve("held").resolve("held.jar"));
        String yaml = HEAD + """
                data: {words: {source: held, at: 1}}
                steps:
                  rows: {use: planted.read_rows, with: {layer_idx: 0, texts: "${data.words}"}}
                sweep:
                  grid:
                    seed: [1, 2]
                    data.words.at: {range: [1, 3]}
                    steps.rows.with.layer_idx: [1, 2]
                """;
        assertThat(states(bench.using(temp.resolve("plugins")).run(yaml))).containsOnly("FINISHED");
    }

    private SweepOutcome countingModels(String yaml) throws IOException {
        Path file = Files.writeString(temp.resolve("experiment.yaml"), yaml);
        try (ArrakisRuntime runtime =
                ArrakisRuntime.open(new RuntimeSettings(temp.resolve("cache"), 1L << 30, PluginPath.none()))) {
            SweepRequest request = new SweepRequest(
                    runtime.checkSweep(ExperimentReader.Request.of(file)).sweep(),
                    temp.resolve("runs"),
                    file,
                    List.of(),
                    OptionalInt.empty(),
                    List.of(),
                    false,
                    Set.of());
            RunServices services = new RunServices(
                    (experiment, model, placement) -> counted(runtime, experiment, model, placement),
                    SweepMemoryTest::operation,
                    new ActivationCache(CacheSettings.in(temp.resolve("activations"))),
                    MachineInventory::take,
                    Nd4jLinearAlgebra::new,
                    RunListener.SILENT,
                    new Cancellation());
            return new SweepRunner(services, new InProcess(), SweepListener.SILENT).run(request);
        }
    }

    private HookedModel counted(ArrakisRuntime runtime, Experiment experiment, ModelSpec spec, Placement placement) {
        HookedModel model = runtime.open(
                spec,
                experiment.base(),
                new ComputeOptions(experiment.dtype(), placement.forward(), experiment.threads()));
        opened++;
        open++;
        most = Math.max(most, open);
        return (HookedModel) Proxy.newProxyInstance(
                HookedModel.class.getClassLoader(), new Class<?>[] {HookedModel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        open--;
                    }
                    try {
                        return method.invoke(model, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Operation<?, ?> operation(OperationType operation) {
        try {
            Constructor<? extends Operation<?, ?>> constructor =
                    operation.type().getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
