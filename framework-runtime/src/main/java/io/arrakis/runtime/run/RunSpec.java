package io.arrakis.runtime.run;

import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.device.DeviceRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A validated experiment, ready to run.
 *
 * @param name         a plain file name
 * @param seed         seed of all that is drawn
 * @param threads      threads of one operation
 * @param device       where it asks to be computed
 * @param model        which model
 * @param data         data sets by name, in the order of the file
 * @param steps        steps; each after those that it reads
 * @param resolvedYaml the experiment with every default and override written out; decides the identity
 * @param file         the file as the user named it
 * @param overrides    {@code path=value} from the command line
 * @param limit        number of examples of each data set, at most
 * @param warnings     what was noticed while it was read
 */
public record RunSpec(
        String name,
        long seed,
        int threads,
        DeviceRequest device,
        ModelSpec model,
        Map<String, DataSpec> data,
        List<StepSpec> steps,
        String resolvedYaml,
        String file,
        List<String> overrides,
        OptionalLong limit,
        List<Problem> warnings) {

    /** Copies the collections. */
    public RunSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(resolvedYaml, "resolvedYaml");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(limit, "limit");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        steps = List.copyOf(steps);
        overrides = List.copyOf(overrides);
        warnings = List.copyOf(warnings);
    }
}
