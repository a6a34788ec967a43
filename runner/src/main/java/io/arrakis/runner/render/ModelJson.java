package io.arrakis.runner.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.capture.NamedBatch;
import io.arrakis.runtime.model.verify.Finding;
import io.arrakis.runtime.result.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** The one document that {@code --json} prints for commands on one model: that of a run without a directory, and what they found. */
public final class ModelJson {

    private ModelJson() {}

    /** Returns the document of a model that was looked at, not run. */
    public static String model(ModelDescription description) {
        Architecture architecture = description.architecture();
        ObjectNode document = OutcomeJson.tree("VALID", Optional.empty(), List.of());
        document.put("model", description.name())
                .put("family", description.family())
                .put("parameters", description.parameterCount());
        Dimensions dims = architecture.dims();
        document.put("n_layers", dims.nLayers())
                .put("d_model", dims.dModel())
                .put("n_heads", dims.nHeads())
                .put("d_head", dims.dHead())
                .put("n_key_value_heads", dims.nKeyValueHeads())
                .put("d_mlp", dims.dMlp())
                .put("gated", architecture.mlp().gated())
                .put("n_ctx", dims.nCtx())
                .put("d_vocab", dims.dVocab());
        ArrayNode hooks = document.putArray("hook_points");
        for (HookPoint point : HookPoint.values()) {
            if (architecture.has(point)) {
                ObjectNode hook = hooks.addObject().put("name", point.template());
                ArrayNode axes = hook.putArray("axes");
                point.axes().stream().map(Axis::label).forEach(axes::add);
                hook.put("what", point.meaning());
            }
        }
        return Json.text(document).stripTrailing();
    }

    /** Returns the document of checks; each that does not hold is a problem too. */
    public static String checks(String model, List<Finding> findings) {
        List<Problem> failed = findings.stream()
                .filter(finding -> !finding.holds())
                .map(finding -> Problem.error(
                        ErrorCode.CHECK_FAILED,
                        SourceLocation.of(model),
                        "'" + finding.check() + "' does not hold at " + finding.where(),
                        ""))
                .toList();
        ObjectNode document = OutcomeJson.tree(failed.isEmpty() ? "FINISHED" : "FAILED", Optional.empty(), failed);
        ArrayNode checks = document.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode check = checks.addObject().put("check", finding.check()).put("holds", finding.holds());
            if (Double.isFinite(finding.largest())) {
                check.put("largest", finding.largest());
            } else {
                check.putNull("largest");
            }
            check.put("allowed", finding.tolerance()).put("where", finding.where());
        }
        return Json.text(document).stripTrailing();
    }

    /** Returns the document of a file of activations. */
    public static String capture(
            Path file, SortedSet<HookName> hooks, List<NamedBatch> batches, List<Problem> warnings) {
        ObjectNode document = OutcomeJson.tree("FINISHED", Optional.empty(), warnings);
        document.put("file", file.toString());
        ArrayNode names = document.putArray("hook_points");
        hooks.forEach(hook -> names.add(hook.toString()));
        ArrayNode list = document.putArray("batches");
        for (NamedBatch named : batches) {
            list.addObject()
                    .put("name", named.name())
                    .put("rows", named.batch().rows())
                    .put("columns", named.batch().columns());
        }
        return Json.text(document).stripTrailing();
    }
}
