package io.arrakis.runtime.spec;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.device.DeviceRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An experiment in which every value is there and fits, defaults too.
 *
 * @param name          its name, a plain file name
 * @param seed          decides everything that is drawn
 * @param model         which model
 * @param modelLocation where the model stands
 * @param modelPath     where the model lies, if the experiment names it by a path
 * @param device        where to compute
 * @param threads       processor threads
 * @param dtype         what numbers the forward pass computes in
 * @param controls      the controls of steps that say none of their own
 * @param data          the data sets by name, in the order of the file
 * @param steps         the steps by name, each after the steps that it reads
 * @param base          the directory that its relative paths start from
 */
public record Experiment(
        String name,
        long seed,
        ModelSpec model,
        SourceLocation modelLocation,
        Optional<Path> modelPath,
        DeviceRequest device,
        int threads,
        ComputeType dtype,
        Controls controls,
        Map<String, DataEntry> data,
        Map<String, Step> steps,
        Path base) {

    /** Copies the maps, in their order. */
    public Experiment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelLocation, "modelLocation");
        Objects.requireNonNull(modelPath, "modelPath");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(dtype, "dtype");
        Objects.requireNonNull(controls, "controls");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        Objects.requireNonNull(base, "base");
    }

    /** Returns the experiment as YAML with everything written out, so that it can be run from anywhere. */
    public String yaml() {
        return Resolved.yaml(this);
    }

    /**
     * Returns what decides the results, as JSON with sorted keys: equal texts mean equal experiments, wherever their files lie.
     *
     * @param model fingerprint of the model
     * @param dataFingerprints fingerprint of each data set by its name
     */
    public String identity(String model, Map<String, String> dataFingerprints) {
        return Resolved.identity(this, model, dataFingerprints);
    }
}
