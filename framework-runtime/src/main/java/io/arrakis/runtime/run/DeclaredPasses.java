package io.arrakis.runtime.run;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.Weights;
import io.arrakis.runtime.plan.PassMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The model for the further passes that an operation declared, and no more than those. */
final class DeclaredPasses implements HookedModel {

    private final HookedModel model;
    private final PassMemory memory;
    private final Requirements.Passes declared;
    private final PreparedStep step;
    private final Runnable check;
    private long askedTexts;
    private long ran;
    private long found;
    private long once;
    private long texts;
    private long tokens;

    /**
     * Counts passes.
     *
     * @param step  whose changes are made in every pass, before what the operation asks for
     * @param check called before each pass; throws to stop
     */
    DeclaredPasses(
            HookedModel model, PassMemory memory, Requirements.Passes declared, PreparedStep step, Runnable check) {
        this.model = model;
        this.memory = memory;
        this.declared = declared;
        this.step = step;
        this.check = check;
    }

    /** Returns the number of passes that went through the model. */
    long ran() {
        return ran;
    }

    /** Returns the number of passes that went through the model and were not kept. */
    long once() {
        return once;
    }

    /** Returns the number of passes that were in the cache. */
    long found() {
        return found;
    }

    /** Returns the number of texts that went through the model. */
    long texts() {
        return texts;
    }

    long tokens() {
        return tokens;
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public String fingerprint() {
        return model.fingerprint();
    }

    @Override
    public String fingerprint(Collection<HookName> hooks, Collection<WeightName> weights) {
        return model.fingerprint(hooks, weights);
    }

    @Override
    public Tokenizer tokenizer() {
        return model.tokenizer();
    }

    @Override
    public Weights weights() {
        return model.weights();
    }

    @Override
    public Capture run(TokenBatch batch, ForwardRequest asked) {
        List<Intervention> both = new ArrayList<>(step.changes());
        both.addAll(asked.interventions());
        ForwardRequest request = asked.with(both);
        check.run();
        askedTexts += batch.rows();
        if (askedTexts > declared.atMost()) {
            throw new IllegalStateException("the operation declared passes of at most " + declared.atMost()
                    + " texts, and runs more; its requires() must say how many it needs");
        }
        for (int row = 0; row < batch.rows(); row++) {
            step.positions().pass(batch.length(row));
        }
        if (!declared.kept()) {
            once++;
            count(batch);
            return model.run(batch, request);
        }
        Optional<Capture> known = memory.find(batch, request);
        if (known.isPresent()) {
            found++;
            return known.get();
        }
        ran++;
        count(batch);
        return memory.run(batch, request);
    }

    private void count(TokenBatch batch) {
        texts += batch.rows();
        for (int row = 0; row < batch.rows(); row++) {
            tokens += batch.length(row);
        }
    }

    /** Does nothing: the framework owns the model. */
    @Override
    public void close() {}
}
