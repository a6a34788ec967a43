package io.arrakis.runtime.run;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.device.DeviceRequest;
import io.arrakis.runtime.spec.Experiment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What makes two trials one: the resolved experiment with the fingerprints of its model and data, and of the code that computes
 * it.
 */
public final class TrialIdentity {

    /** Digits that name a trial's directory; 2^64 of them do not meet by chance. */
    private static final int DIGITS = 16;

    /** For what must not depend on which seeds a sweep has. */
    private static final long FIXED_SEED = 0;

    private TrialIdentity() {}

    /** Returns the id of a trial, the same in every process and on every machine. */
    public static String of(Experiment experiment, RunSession session) {
        return identity(experiment, session).substring(0, DIGITS);
    }

    /** Returns the id of a trial that is such a run. */
    static String id(RunIdentity run) {
        return run.hash().substring(0, DIGITS);
    }

    /** Returns what is equal for experiments that open the same models and data sets. */
    public static Object inputs(Experiment experiment) {
        return List.of(
                experiment.base(),
                experiment.device(),
                experiment.threads(),
                experiment.dtype(),
                ModelPool.named(experiment),
                experiment.data(),
                experiment.seed());
    }

    /**
     * Returns the fingerprints of the model's configuration and of the data sets of an experiment, but for those that a sweep
     * varies; reads no weights. Other weights make other trials, in the same sweep. Which of the trials is given does not
     * matter: where the number type or the device is varied, the model is taken as it is on a processor in float32, and where the
     * seed is varied, data sets as one fixed seed gives them. So the values that a sweep has of these may grow.
     *
     * @param axes the paths that the sweep varies
     */
    public static Map<String, String> fixed(Experiment experiment, List<String> axes, RunSession session) {
        Map<String, String> fixed = new TreeMap<>();
        if (axes.stream().noneMatch(axis -> isOrIsIn(axis, "model"))) {
            boolean varied = axes.contains("dtype") || axes.contains("device");
            Experiment plain = varied ? plain(experiment) : experiment; // else a second model would be opened
            fixed.put(
                    "model",
                    fingerprint(() -> session.models(plain).get(plain.model()).fingerprint(Set.of(), Set.of())));
        }
        boolean seeds = axes.contains("seed");
        DataPool data = seeds ? session.data(experiment, FIXED_SEED) : session.data(experiment);
        for (String name : data.names()) {
            if (axes.stream().noneMatch(axis -> isOrIsIn(axis, "data." + name))) {
                fixed.put("data." + name, fingerprint(() -> data.get(name).fingerprint()));
            }
        }
        return fixed;
    }

    /** The fingerprint of a model has its number type, and a device that is not there would be an error in its place. */
    private static Experiment plain(Experiment experiment) {
        return new Experiment(
                experiment.name(),
                experiment.seed(),
                experiment.model(),
                experiment.modelLocation(),
                experiment.modelPath(),
                DeviceRequest.parse("cpu"),
                experiment.threads(),
                ComputeType.FLOAT32,
                experiment.controls(),
                experiment.data(),
                experiment.steps(),
                experiment.base());
    }

    private static boolean isOrIsIn(String axis, String path) {
        return axis.equals(path) || axis.startsWith(path + ".");
    }

    private static String fingerprint(Supplier<String> of) {
        try {
            return of.get();
        } catch (ArrakisException e) {
            return e.problems().toString();
        }
    }

    private static String identity(Experiment experiment, RunSession session) {
        try {
            return RunIdentity.of(experiment, session).hash();
        } catch (ArrakisException e) {
            // What cannot be opened has no fingerprint; mended, it is another trial.
            return CacheKey.of(Map.of(
                            "experiment",
                            experiment.yaml(),
                            "failure",
                            e.problems().toString()))
                    .hash();
        }
    }
}
