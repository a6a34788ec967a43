package io.arrakis.runtime.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.runtime.device.Placement;
import io.arrakis.runtime.plan.BatchLayout;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import java.nio.file.Path;

/** What a manifest says from the start: what is run, on what, with which versions. */
final class ManifestHead {

    private ManifestHead() {}

    static void describe(
            Manifest manifest,
            RunRequest request,
            Placement placement,
            NumericSetup setup,
            ModelDescription description,
            DataPool data) {
        Experiment experiment = request.experiment();
        arguments(manifest.part("arguments"), request);
        ObjectNode versions = manifest.part("versions");
        Versions.all().forEach(versions::put);
        versions.put("forward", NumericSetup.FORWARD_VERSION);
        manifest.part("model")
                .put("name", ModelPool.label(experiment.model()))
                .put("family", description.family())
                .put("n_layers", description.architecture().dims().nLayers())
                .put("d_model", description.architecture().dims().dModel())
                .put("parameters", description.parameterCount());
        for (String name : data.names()) {
            Dataset dataset = data.get(name);
            manifest.part("data")
                    .putObject(name)
                    .put("fingerprint", dataset.fingerprint())
                    .put("size", dataset.size());
        }
        for (Step step : experiment.steps().values()) {
            manifest.part("tools")
                    .putObject(step.operation().tool())
                    .put("version", step.operation().origin().version())
                    .put(
                            "jar",
                            Path.of(step.operation().origin().location())
                                    .getFileName()
                                    .toString());
        }
        manifest.part("device")
                .put("forward", placement.forward().toString())
                .put("analyses", placement.analyses().toString())
                .put("why", placement.why());
        manifest.part("layout")
                .put(
                        "tokens_per_batch",
                        setup.layout(description.architecture().dims()).tokensPerBatch())
                .put("version", BatchLayout.VERSION);
    }

    static void arguments(ObjectNode arguments, RunRequest request) {
        Experiment experiment = request.experiment();
        arguments.put("seed", experiment.seed()).put("threads", experiment.threads());
        if (request.limit().isPresent()) {
            arguments.put("limit", request.limit().getAsInt());
        } else {
            arguments.putNull("limit");
        }
        arguments
                .put("device", experiment.device().toString())
                .put("dtype", experiment.dtype().name());
        arguments.put("file", request.file());
        ArrayNode overrides = arguments.putArray("set");
        request.overrides().forEach(overrides::add);
    }
}
