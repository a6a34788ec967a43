package io.arrakis.runtime.run;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.spec.Experiment;
import io.arrakis.runtime.spec.Step;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes two runs one.
 *
 * @param model     hash of what the run reads of the model
 * @param tokenizer hash of the model's tokenizer, or {@code none}
 * @param hash      hash of both, of the resolved experiment, of the content of its data, and of the code that computes it
 */
record RunIdentity(String model, String tokenizer, String hash) {

    /**
     * Finds the identity of an experiment; reads the weights that decide it once, for their hashes.
     *
     * @throws io.arrakis.api.problem.ArrakisException if model or data cannot be opened
     */
    static RunIdentity of(Experiment experiment, RunSession session) {
        session.only(experiment);
        DataPool data = session.data(experiment);
        HookedModel opened = session.models(experiment).get(experiment.model());
        RunServices services = session.services();
        String model = Failures.opening(
                experiment,
                experiment.model(),
                services.cancellation(),
                () -> Reach.fingerprint(experiment, services, opened, data));
        Map<String, String> fingerprints = new TreeMap<>();
        data.names().forEach(name -> fingerprints.put(name, data.get(name).fingerprint()));
        String text = experiment.identity(model, fingerprints);
        String tokenizer = tokenizer(opened);
        Map<String, String> decides =
                Map.of("experiment", text, "code", code(experiment, session.code()), "tokenizer", tokenizer);
        return new RunIdentity(model, tokenizer, CacheKey.of(decides).hash());
    }

    /** Returns the fingerprint of a model's tokenizer; a model may have none, and then no step of it can read one. */
    static String tokenizer(HookedModel model) {
        try {
            return model.tokenizer().fingerprint();
        } catch (ArrakisException e) {
            if (e.code() == ErrorCode.FILE_MISSING) {
                return "none";
            }
            throw e;
        }
    }

    private static String code(Experiment experiment, CodeHashes code) {
        Map<String, String> tools = new TreeMap<>();
        for (Step step : experiment.steps().values()) {
            tools.put(step.operation().tool(), code.of(step.operation().origin()));
        }
        return code.framework() + " " + tools;
    }
}
