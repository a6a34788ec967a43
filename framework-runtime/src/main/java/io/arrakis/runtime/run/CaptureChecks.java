package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.stream.Collectors;

/** Refuses captures that no pass can give, before any pass runs. */
final class CaptureChecks {

    private CaptureChecks() {}

    static void require(StepId step, CaptureRequest capture, ModelDescription model) {
        for (HookName hook : capture.hooks()) {
            requireHook(step, hook, model);
            boolean perKey = hook.point().axes().contains(Axis.KEY_POS);
            boolean perText = !hook.point().axes().contains(Axis.POS);
            if (perKey || (perText && !capture.rows().onePerText())) {
                throw new ArrakisException(
                        ErrorCode.TOOL_INPUT,
                        "steps." + step,
                        hook + " has no row for each position; its axes are "
                                + hook.point().axes(),
                        perKey ? "read it in further passes" : "ask for a row for each text");
            }
        }
        for (Intervention intervention : capture.interventions()) {
            requireHook(step, intervention.at(), model);
        }
        if (capture.maxTokens().isPresent() && capture.maxTokens().getAsInt() < 1) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT, "steps." + step, "max_tokens is below 1", "give it at least 1");
        }
    }

    private static void requireHook(StepId step, HookName hook, ModelDescription model) {
        if (!model.architecture().has(hook)) {
            throw new ArrakisException(
                    ErrorCode.UNKNOWN_HOOK,
                    "steps." + step,
                    "model '" + model.name() + "' has no hook point " + hook,
                    "it has "
                            + model.architecture().hookNames().stream()
                                    .map(name -> name.point().template())
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
    }
}
