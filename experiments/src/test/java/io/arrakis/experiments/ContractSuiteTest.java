package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.ToolPlugin;
import io.arrakis.testkit.PluginJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation that breaks every promise, to see that each test of the contract suite can fail. */
class ContractSuiteTest {

    private static final String OPERATION = """
            package org.unruly;
            import io.arrakis.api.activation.*;
            import io.arrakis.api.operation.*;
            import io.arrakis.api.hook.HookName;
            import jakarta.inject.Inject;
            import java.util.concurrent.atomic.AtomicInteger;
            public final class Break implements Operation<Break.Params, Break.Broken> {
                private static final AtomicInteger CALLS = new AtomicInteger();
                public record Params(@Layer(LayerKind.RESIDUAL) int layerIdx, TextSet texts) {}
                public record Broken(double value) {
                    public Broken { value = value + 1; }
                }
                @Inject public Break() {}
                @Override public Requirements requires(Params params, Planning planning) {
                    org.nd4j.linalg.factory.Nd4j.zeros(1).close();
                    return Requirements.capture("rows" + CALLS.incrementAndGet() % 2, params.texts().source(), Rows.EACH,
                            HookName.residual(CALLS.get() % 2));
                }
                @Override public Broken run(Params params, Inputs inputs, OperationContext context) {
                    Thread thread = new Thread(() -> {
                        try { Thread.sleep(600_000); } catch (InterruptedException e) { return; }
                    });
                    thread.start();
                    if (context.model().name().contains("random") || CALLS.get() < 0) { throw new IllegalStateException(); }
                    return new Broken(CALLS.incrementAndGet());
                }
            }
            """;

    private static final String PLUGIN = """
            package org.unruly;
            import io.arrakis.api.*;
            import java.util.List;
            public final class Plugin implements ToolPlugin {
                public int apiVersion() { return ApiVersion.CURRENT; }
                public List<ToolDescriptor> tools() { return List.of(ToolDescriptor.named("unruly", "", Break.class)); }
            }
            """;

    private static final String TEST = """
            package org.unruly;
            import io.arrakis.api.operation.Operation;
            import io.arrakis.testkit.*;
            import java.util.List;
            class BreakContractTest extends OperationContractTest {
                @Override protected Class<? extends Operation<?, ?>> operation() { return Break.class; }
                @Override protected void prepare(TestExperiment laboratory) {
                    laboratory.model("tiny", TinyModel.bert(TinyModel.Size.SMALL, List.of("a", "cat"), 1));
                }
                @Override protected String experiment() {
                    return "name: unruly\\nmodel: tiny\\nsteps:\\n  subject: {use: unruly.break,"
                            + " with: {layer_idx: 1, texts: [a cat]}}\\n";
                }
                @Override protected List<String> refused() { return List.of("steps.subject.with.texts=[cat]"); }
                @Override protected List<String> controls() { return List.of("random_model.seed=1", "no_such=1"); }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void findsWhatAnOperationDoesWrong() throws Exception {
        Path jar = StrangersTests.withTestLibraries(new PluginJar())
                .source("org.unruly.Break", OPERATION)
                .source("org.unruly.Plugin", PLUGIN)
                .source("org.unruly.BreakContractTest", TEST)
                .service(ToolPlugin.class, "org.unruly.Plugin")
                .write(folder.resolve("unruly.jar"));

        List<String> lines = StrangersTests.run(jar, "org.unruly.BreakContractTest");

        assertThat(lines)
                .contains(
                        "SUCCESSFUL isFoundAndBindsItsParameters",
                        "SUCCESSFUL finishes",
                        "FAILED saysWhatItAndItsParametersAreFor",
                        "FAILED plansWithoutNativeLibraries",
                        "FAILED requiresTheSameEachTime",
                        "FAILED itsResultIsReadBackAsItWasWritten",
                        "FAILED givesEqualBytesAgainAlsoBesideAnother",
                        "FAILED needsNoForwardPassTheSecondTime",
                        "FAILED runsWithItsControls",
                        "FAILED steps.subject.with.texts=[cat]",
                        "FAILED leavesNoThreadBehind");
    }
}
