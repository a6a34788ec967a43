package io.arrakis.runner.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.sweep.SweepOutcome;
import io.arrakis.runtime.sweep.SweepPlan;
import io.arrakis.runtime.sweep.TrialResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The one document that {@code --json} prints for a sweep: that of a run, and the trials. */
public final class SweepJson {

    private SweepJson() {}

    /** Returns the document where nothing was run. */
    public static String of(String status, Optional<Path> sweep, List<Problem> problems) {
        return OutcomeJson.of(status, sweep, problems);
    }

    /** Returns the document of a sweep that was run. */
    public static String of(SweepOutcome outcome, List<Problem> problems) {
        ObjectNode document = OutcomeJson.tree(
                outcome.state().name(), Optional.of(outcome.directory().path()), problems);
        document.put("ran", outcome.ran());
        trials(document, outcome.trials());
        return Json.text(document).stripTrailing();
    }

    /** Returns the document of a plan; nothing was run, so there is no run directory. */
    public static String of(String status, SweepPlan plan, List<Problem> problems) {
        ObjectNode document = OutcomeJson.tree(status, Optional.empty(), problems);
        document.put("todo", plan.todo());
        trials(document, plan.trials());
        ArrayNode passes = document.putArray("passes");
        for (JointPasses.Planned pass : plan.passes()) {
            passes.addObject()
                    .put("model", pass.estimate().model())
                    .put("texts", pass.estimate().texts())
                    .put("examples", pass.estimate().examples())
                    .put("tokens", pass.estimate().tokens())
                    .put("hook_points", pass.estimate().targets())
                    .put("missing", pass.estimate().missing())
                    .put("bytes", pass.estimate().bytes())
                    .put("tokens_per_batch", pass.tokensPerBatch())
                    .put("batches", pass.batches())
                    .put("seconds", pass.estimate().seconds());
        }
        return Json.text(document).stripTrailing();
    }

    private static void trials(ObjectNode document, List<TrialResult> trials) {
        ArrayNode list = document.putArray("trials");
        for (TrialResult result : trials) {
            ObjectNode node = list.addObject()
                    .put("id", result.trial().id())
                    .put("state", result.status().state().name());
            node.put("cause", result.status().cause().map(cause -> cause.id()).orElse(null));
            ObjectNode settings = node.putObject("settings");
            result.trial().settings().forEach(settings::put);
        }
    }
}
