package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.plan.ForwardPass;
import java.util.List;
import java.util.Map;

/**
 * A step of which all is known that can be known before it runs.
 *
 * @param node         the step
 * @param operation    what it does
 * @param parameters   with what
 * @param requirements what it reads
 * @param model        of which model
 * @param changes      what is changed in its passes, those of its own included
 * @param needs        the pass that each of its captures needs, by the capture's id
 * @param positions    which tokens are changed and kept, held against the texts of these passes
 */
record PreparedStep(
        StepGraph.StepNode node,
        Operation<?, ?> operation,
        Record parameters,
        Requirements requirements,
        ModelSpec model,
        List<Intervention> changes,
        Map<String, ForwardPass> needs,
        AskedPositions positions) {

    /** Copies the list. */
    PreparedStep {
        changes = List.copyOf(changes);
    }

    CaptureRequest capture(String id) {
        return requirements.captures().stream()
                .filter(capture -> capture.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
