package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.Origin;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.spec.tree.ProblemLog;

/** Runs the checks of plug-ins; one that throws is a problem like others, at the place of what it checked. */
final class Checks {

    private Checks() {}

    static void run(Origin origin, SourceLocation place, ProblemLog log, Runnable check) {
        try {
            PluginContext.call(origin, () -> {
                check.run();
                return null;
            });
        } catch (ArrakisException e) {
            log.addAll(e.problems());
        } catch (RuntimeException | LinkageError e) {
            String message = "the check of " + origin.location() + " threw " + e;
            log.error(ErrorCode.TOOL_FAILED, place, message, "tell its author");
        }
    }
}
