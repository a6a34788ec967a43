package io.arrakis.runtime.run;

import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.result.UnfitResultException;
import io.arrakis.runtime.spec.DataEntry;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import io.arrakis.runtime.spec.form.Plain;
import io.arrakis.runtime.spec.form.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Turns what steps throw into problems that name the step, the tool and its jar. */
final class Failures {

    private static final String DATA = "data.";

    private Failures() {}

    /** Something that a step does. */
    @FunctionalInterface
    interface Work<T> {
        T get();
    }

    /** Asks a step's operation for something, as {@link #naming} does it, in the context of its plug-in. */
    static <T> T asking(StepId id, Step step, Cancellation cancellation, Supplier<T> question) {
        return naming(
                id,
                step,
                cancellation,
                () -> PluginContext.call(step.operation().origin(), question));
    }

    /**
     * Does something of a step.
     *
     * @param id   the step, or the control of it
     * @param step as it was written
     * @throws ArrakisException      naming the step for whatever is thrown
     * @throws CancellationException as it is, where the user asked to stop
     */
    static <T> T naming(StepId id, Step step, Cancellation cancellation, Work<T> work) {
        OperationType operation = step.operation();
        try {
            return work.get();
        } catch (ArrakisException e) {
            throw new ArrakisException(
                    e.problems().stream().map(problem -> of(id, step, problem)).toList(), e);
        } catch (CancellationException e) {
            if (cancellation.isAsked()) {
                throw e;
            }
            throw problem(ErrorCode.TOOL_FAILED, id, tool(operation) + " stopped by itself", e);
        } catch (UnfitResultException e) {
            throw problem(e.code(), id, "the result of " + tool(operation) + " cannot be saved: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(id.toString(), e);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw problem(ErrorCode.TOOL_FAILED, id, tool(operation) + " threw " + named(e), e);
        }
    }

    /**
     * Returns a problem that says whose it is. What has a line of the experiment stays as it is, and what names a parameter, or
     * the data set that a parameter names, gets the line of the parameter's value.
     */
    private static Problem of(StepId id, Step step, Problem problem) {
        SourceLocation place = problem.location();
        if (problem.code() == ErrorCode.TOOL_BROKEN) {
            return at(step.location(), problem, step.operation().fullName() + ": ");
        }
        if (place.line() > 0 && place.origin().equals(step.location().origin())) {
            return problem;
        }
        String whose = "step '" + id + "': ";
        if (place.line() > 0) {
            return at(place, problem, whose);
        }
        Optional<String> parameter = namesParameter(step, place.origin())
                ? Optional.of(place.origin())
                : parameterOfData(step, place.origin());
        return parameter
                .map(name -> at(step.parameters().locate(name), problem, whose + place.origin() + ": "))
                .orElseGet(() -> at(place, problem, whose));
    }

    /** Returns the parameter that names a data set, where a place is one such as {@code data.texts}. */
    private static Optional<String> parameterOfData(Step step, String origin) {
        if (!origin.startsWith(DATA)) {
            return Optional.empty();
        }
        Reference data = new Reference(Reference.Kind.DATA, origin.substring(DATA.length()), List.of());
        return step.parameters().plain().entrySet().stream()
                .filter(parameter -> refersTo(parameter.getValue(), data))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean refersTo(Object value, Reference data) {
        if (value instanceof Plain.Chosen chosen) {
            return refersTo(chosen.value(), data);
        }
        if (value instanceof Map<?, ?> record) {
            return record.values().stream().anyMatch(part -> refersTo(part, data));
        }
        return value instanceof Plain.Referenced referenced
                && referenced.reference().equals(data);
    }

    /** Whether a place is one such as {@code pairs[0]} or {@code probe.folds}, below a parameter of the step. */
    private static boolean namesParameter(Step step, String origin) {
        return step.parameters().plain().containsKey(origin.split("[.\\[:]", 2)[0]);
    }

    private static Problem at(SourceLocation place, Problem problem, String before) {
        return new Problem(problem.code(), problem.severity(), place, before + problem.message(), problem.mend());
    }

    /**
     * Opens a data set.
     *
     * @throws ArrakisException      naming the data set for whatever its source throws
     * @throws CancellationException as it is, where the user asked to stop
     */
    static <T> T opening(DataEntry entry, Cancellation cancellation, Work<T> work) {
        String who = "the data source " + entry.source().name() + " of "
                + entry.source().origin();
        return opening(who, " for data." + entry.name(), entry.location(), cancellation, work);
    }

    /**
     * Opens a model, or asks it what it is.
     *
     * @throws ArrakisException      naming the model for whatever its source or family throws
     * @throws CancellationException as it is, where the user asked to stop
     */
    static <T> T opening(Experiment experiment, ModelSpec model, Cancellation cancellation, Work<T> work) {
        String who = "what opens the model '" + ModelPool.label(model) + "'";
        return opening(who, "", experiment.modelLocation(), cancellation, work);
    }

    private static <T> T opening(
            String who, String whose, SourceLocation place, Cancellation cancellation, Work<T> work) {
        try {
            return work.get();
        } catch (ArrakisException e) {
            throw e;
        } catch (CancellationException e) {
            if (cancellation.isAsked()) {
                throw e;
            }
            throw opening(who + " stopped by itself" + whose, place, e);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw opening(who + " threw " + named(e) + whose, place, e);
        }
    }

    private static ArrakisException opening(String message, SourceLocation place, Throwable cause) {
        Problem problem = Problem.error(ErrorCode.TOOL_FAILED, place, message, "tell its author");
        return new ArrakisException(List.of(problem), cause);
    }

    static ArrakisException outOfMemory(String what, OutOfMemoryError cause) {
        Problem problem = Problem.error(
                ErrorCode.MEMORY,
                SourceLocation.of(what),
                "there is not enough memory: " + cause.getMessage(),
                "give the process more with ARRAKIS_JAVA_OPTS=-Xmx..., or ask for fewer texts");
        return new ArrakisException(List.of(problem), cause);
    }

    private static String tool(OperationType operation) {
        return operation.fullName() + " of " + operation.origin();
    }

    private static String named(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return thrown.getClass().getSimpleName() + message.strip();
    }

    private static ArrakisException problem(ErrorCode code, StepId step, String message, Throwable cause) {
        Problem problem = Problem.error(code, SourceLocation.of("steps." + step), message, "the log has the details");
        return new ArrakisException(List.of(problem), cause);
    }
}
