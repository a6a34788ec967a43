package io.arrakis.runtime.model.verify;

import io.arrakis.api.model.HookedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks a model on a few texts of random tokens, at every hook point.
 *
 * <p>Costs a dozen short forward passes, as many in float64, and holds all tensors of a batch of six texts at a time.
 */
public final class ModelVerifier {

    private final HookedModel model;
    private final Supplier<HookedModel> precise;

    /**
     * Makes a verifier.
     *
     * @param model   the model in float32
     * @param precise opens the same model in float64; closed here
     */
    public ModelVerifier(HookedModel model, Supplier<HookedModel> precise) {
        this.model = model;
        this.precise = precise;
    }

    /** Runs the checks that need nothing but the model. */
    public List<Finding> run() {
        Texts texts = Texts.random(model.description().architecture());
        Finding precision;
        List<Finding> inFloat64;
        try (HookedModel other = precise.get()) {
            precision = PrecisionCheck.run(model, other, texts);
            inFloat64 = InvarianceChecks.precise(other, texts);
        }
        List<Finding> findings = new ArrayList<>(InvarianceChecks.single(model, texts, precision.largest()));
        findings.addAll(inFloat64);
        findings.addAll(new AttentionChecks(model, texts).run());
        findings.add(precision);
        return findings;
    }

    /**
     * Compares with the tensors of another implementation.
     *
     * @param reference a folder with {@code inputs.json} and {@code expected.safetensors}, as {@code arrakis capture --tokens}
     *                  reads and writes them
     * @throws io.arrakis.api.problem.ArrakisException if it has not these files, or tensors that are no hook points
     */
    public Finding compare(Path reference) {
        return ReferenceCheck.run(model, reference);
    }
}
