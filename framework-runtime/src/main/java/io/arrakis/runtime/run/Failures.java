package io.arrakis.runtime.run;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.result.UnfitResultException;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Turns what steps throw into problems that name the step, the tool and its jar. */
final class Failures {

    private Failures() {}

    /** Something that a step does. */
    @FunctionalInterface
    interface Work<T> {
        T get();
    }

    /**
     * Does something of a step.
     *
     * @throws ArrakisException      naming the step for whatever is thrown
     * @throws CancellationException as it is, where the user asked to stop
     */
    static <T> T naming(StepId step, OperationType operation, Cancellation cancellation, Work<T> work) {
        try {
            return work.get();
        } catch (ArrakisException e) {
            throw e;
        } catch (CancellationException e) {
            if (cancellation.isAsked()) {
                throw e;
            }
            throw problem(ErrorCode.TOOL_FAILED, step, tool(operation) + " stopped by itself", e);
        } catch (UnfitResultException e) {
            throw problem(
                    e.code(), step, "the result of " + tool(operation) + " cannot be saved: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(step.toString(), e);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw problem(ErrorCode.TOOL_FAILED, step, tool(operation) + " threw " + named(e), e);
        }
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
