package io.arrakis.api.bench;

import io.arrakis.api.operation.Operation;
import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model and some data on which a program calls operations, one after the other:
 *
 * <pre>{@code
 * try (Bench bench = Bench.of("minilm").data("contexts", "wordnet", Map.of("what", "examples")).open()) {
 *     PolysemyScores scores = bench.call(PolysemanticScore.class, 4, 50);
 * }
 * }</pre>
 *
 * <p>Each call is an experiment of its own: it shares the activation cache with all others, and leaves a run directory with a
 * report and the YAML that repeats it. Not safe for use by several threads.
 */
@Experimental
public interface Bench extends AutoCloseable {

    /** Begins with a model: a built-in name or a directory in Hugging Face layout. */
    static BenchBuilder of(String model) {
        return new BenchBuilder(model);
    }

    /**
     * Runs an operation.
     *
     * @param operation its class, of a tool on the class path
     * @param arguments its parameters in the order of their record; those that are left out at the end have their defaults. Each
     *     is a value of the parameter's type, or what would stand for it in an experiment: a text, a number, a list, a map. The
     *     result of an earlier call stands for that step.
     * @return the result, as read back from the run directory
     * @throws io.arrakis.api.problem.ArrakisException with all that is wrong with the arguments, or why it failed
     */
    <P extends Record, R extends Record> R call(Class<? extends Operation<P, R>> operation, Object... arguments);

    /**
     * Runs an operation by its name, such as {@code k_prober.polysemantic_score}; as {@link #call(Class, Object...)}.
     *
     * @return the result, a record of the tool's
     */
    Record call(String operation, Object... arguments);

    /**
     * Returns a tool to call by the names of its operations.
     *
     * @param name such as {@code k_prober}
     * @throws io.arrakis.api.problem.ArrakisException if there is no such tool, or why it is broken
     */
    BenchTool useTools(String name);

    /**
     * Runs an experiment whose calls are kept together.
     *
     * @param name       a plain file name: run directories of its calls lie below it
     * @param experiment calls operations
     * @return what the experiment returns
     */
    <T> T logExperiment(String name, Supplier<T> experiment);

    /**
     * Makes an experiment with its tools injected, and runs it; its run directories lie below the name of its class.
     *
     * @param experiment a class with one constructor, marked {@link jakarta.inject.Inject}, whose parameters are tools: {@code
     *     @Named("k_prober") BenchTool prober}, or the bench itself
     * @return what the experiment returns
     */
    <T> T logExperiment(Class<? extends BenchExperiment<T>> experiment);

    /** Returns the run directory of the last call, or nothing before the first. */
    Optional<Path> lastRun();

    /** Closes the jars of plug-ins. */
    @Override
    void close();
}
