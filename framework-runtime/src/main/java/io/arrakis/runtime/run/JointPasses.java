package io.arrakis.runtime.run;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.plan.BatchLayout;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.plan.PassPlanner;
import io.arrakis.runtime.plan.PassRunner;
import io.arrakis.runtime.plan.TokenTable;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The forward passes that several trials share: what all of them need in their first round is joined and run once, and each
 * trial then finds its rows in the cache. What a trial needs after earlier results is not known before, and stays its own. Used
 * by one thread.
 */
public final class JointPasses {

    private static final double NANOS = 1e9;
    private static final Path NOWHERE = Path.of("");

    private final RunSession session;
    private final Map<Key, Need> needs = new LinkedHashMap<>();
    private final List<Done> done = new ArrayList<>();

    private record Key(Object reading, NumericSetup setup) {}

    /** A pass with what opens its model, which is not held. */
    private record Need(ForwardPass pass, Experiment experiment, ModelSpec spec, NumericSetup setup) {}

    /** Knows of no trial yet. */
    public JointPasses(RunSession session) {
        this.session = session;
    }

    /**
     * Adds what a trial needs.
     *
     * @return whether that is known; a trial that cannot be planned says why when it runs
     */
    public boolean add(Experiment experiment) {
        try {
            session.only(experiment);
            NumericSetup setup =
                    new NumericSetup(session.placement(experiment).forward().kind(), experiment.threads());
            RoundPlanner planner = new RoundPlanner(
                    experiment, session, session.data(experiment), new RunDirectory(NOWHERE), Optional.empty());
            StepGraph graph = new StepGraph(experiment.steps().values());
            for (PreparedStep step : planner.next(graph.nodes())) {
                step.needs().values().forEach(pass -> add(new Need(pass, experiment, step.model(), setup)));
            }
            return true;
        } catch (RuntimeException e) {
            session.services().cancellation().check();
            return false;
        }
    }

    private void add(Need need) {
        Key key = new Key(need.pass().identity(), need.setup());
        needs.merge(
                key,
                need,
                (known, more) -> new Need(
                        PassPlanner.join(List.of(known.pass(), more.pass())).get(0),
                        known.experiment(),
                        known.spec(),
                        known.setup()));
    }

    /** Returns the number of tokens of the texts that the passes read, which are held until this is let go of. */
    public long tokens() {
        return needs.values().stream()
                .map(need -> need.pass().texts())
                .distinct()
                .mapToLong(TokenTable::tokens)
                .sum();
    }

    /**
     * One pass as it is going to be.
     *
     * @param estimate       what it would cost
     * @param tokensPerBatch most tokens of a batch, padding counted
     * @param batches        number of batches
     */
    public record Planned(PassEstimate estimate, int tokensPerBatch, int batches) {}

    /**
     * Returns each pass with its batches.
     *
     * @param fresh as if nothing were in the cache: from shapes alone, no weights are read
     */
    public List<Planned> planned(boolean fresh) {
        return needs.values().stream()
                .map(need -> planned(
                        need, fresh ? runner(need).estimateFresh(need.pass(), architecture(need)) : estimate(need)))
                .toList();
    }

    private Planned planned(Need need, PassEstimate estimate) {
        BatchLayout layout = need.setup().layout(architecture(need).dims());
        int batches = layout.batches(need.pass().texts()).size();
        return new Planned(estimate, layout.tokensPerBatch(), batches);
    }

    private PassEstimate estimate(Need need) {
        return runner(need).estimate(need.pass(), model(need));
    }

    /** Opens the model of a pass, and closes those of others. */
    private HookedModel model(Need need) {
        session.only(need.experiment());
        return session.models(need.experiment()).get(need.spec());
    }

    private PassRunner runner(Need need) {
        return new PassRunner(
                session.services().cache(), need.setup(), session.services().cancellation()::check);
    }

    private Architecture architecture(Need need) {
        return model(need).description().architecture();
    }

    /**
     * Runs the passes, but for what is in the cache.
     *
     * @param listener is told how they go on
     * @throws ArrakisException if memory, disk or cache cannot take all of it at once
     */
    public void run(RunListener listener) {
        List<PassEstimate> estimates = new ArrayList<>();
        Set<CacheKey> keys = new TreeSet<>();
        for (Need need : needs.values()) {
            estimates.add(estimate(need));
            keys.addAll(runner(need).cacheKeys(need.pass(), model(need)));
        }
        listener.planned(estimates);
        if (!needs.isEmpty()) {
            session.services()
                    .cache()
                    .reserve(estimates.stream().mapToLong(PassEstimate::bytes).sum(), keys);
        }
        List<Need> all = new ArrayList<>(needs.values());
        for (int i = 0; i < all.size(); i++) {
            run(all.get(i), estimates.get(i), listener);
        }
    }

    private void run(Need need, PassEstimate estimate, RunListener listener) {
        long start = System.nanoTime();
        listener.passStarted(estimate);
        try {
            PassOutcome outcome = runner(need).run(need.pass(), model(need), listener::passAdvanced);
            double seconds = (System.nanoTime() - start) / NANOS;
            done.add(new Done(estimate, outcome.computed(), outcome.examples(), outcome.tokens(), seconds));
        } catch (OutOfMemoryError e) {
            throw Failures.outOfMemory("the pass that the trials share", e);
        } finally {
            listener.passFinished((System.nanoTime() - start) / NANOS);
        }
    }

    /**
     * A pass that is over.
     *
     * @param estimate what it was
     * @param computed number of matrices that were not in the cache
     * @param examples number of texts that went through the model
     * @param tokens   number of their tokens
     * @param seconds  how long it took
     */
    public record Done(PassEstimate estimate, int computed, int examples, long tokens, double seconds) {}

    /** Returns the passes that are over. */
    public List<Done> done() {
        return List.copyOf(done);
    }
}
