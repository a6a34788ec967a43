package io.arrakis.runtime.run;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.result.ResultFiles;
import io.arrakis.runtime.result.UnfitResultException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one run of one operation required.
 *
 * @param activations by id of the capture
 * @param weights     the required ones
 * @param data        opens a data set that the parameters name
 * @param results     directories of the results of the steps that the parameters name
 * @param requireOpen throws when the operation has returned
 */
record StepInputs(
        Map<String, Activations> activations,
        Weights weights,
        Function<String, Dataset> data,
        Map<String, Path> results,
        Runnable requireOpen)
        implements Inputs {

    @Override
    public Activations activations(String capture) {
        requireOpen.run();
        Activations found = activations.get(capture);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no capture '" + capture + "' was required; required are " + new TreeMap<>(activations).keySet());
        }
        return found;
    }

    @Override
    public Dataset data(DataRef reference) {
        requireOpen.run();
        return data.apply(reference.name());
    }

    @Override
    public <R extends Record> R step(StepRef<R> step, Class<R> shape) {
        requireOpen.run();
        Path directory = results.get(step.step());
        if (directory == null) {
            throw new IllegalArgumentException("the parameters do not name the step '" + step.step() + "'; they name "
                    + new TreeMap<>(results).keySet());
        }
        return ResultFiles.read(directory, shape);
    }

    @Override
    public <R extends Record> R saved(Path directory, Class<R> shape) {
        requireOpen.run();
        try {
            return ResultFiles.read(directory, shape);
        } catch (UnfitResultException e) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    directory.toString(),
                    "this folder has no result of that kind: " + e.getMessage(),
                    "name the folder of one step's result in a run, RUN/results/STEP");
        }
    }
}
