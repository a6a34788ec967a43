package io.arrakis.runtime.run;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plan.PassEstimate;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.plan.PassRunner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs the forward passes of a run: tells of them before and after, and writes them down. Used by one thread. */
final class PassDesk {

    private static final double NANOS = 1e9;

    private final RunParts parts;
    private final PassRunner runner;
    private final Set<String> cutTold = new HashSet<>();

    PassDesk(RunParts parts, NumericSetup setup) {
        this.parts = parts;
        this.runner =
                new PassRunner(parts.services().cache(), setup, parts.services().cancellation()::check);
    }

    /**
     * Runs passes, after the disk was asked for room for all of them.
     *
     * @param passes of which no two are one reading
     * @param models gives the model of a pass
     */
    Map<ForwardPass, PassOutcome> run(List<ForwardPass> passes, Function<ForwardPass, HookedModel> models) {
        List<PassEstimate> estimates = new ArrayList<>();
        Set<CacheKey> keys = new TreeSet<>();
        for (ForwardPass pass : passes) {
            warnOfCuts(pass);
            HookedModel model = models.apply(pass);
            estimates.add(runner.estimate(pass, model));
            keys.addAll(runner.cacheKeys(pass, model));
        }
        if (!passes.isEmpty()) {
            parts.services().listener().planned(estimates);
            parts.services()
                    .cache()
                    .reserve(estimates.stream().mapToLong(PassEstimate::bytes).sum(), keys);
        }
        Map<ForwardPass, PassOutcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < passes.size(); i++) {
            outcomes.put(passes.get(i), run(passes.get(i), models.apply(passes.get(i)), estimates.get(i)));
        }
        return outcomes;
    }

    private void warnOfCuts(ForwardPass pass) {
        if (pass.texts().cut() > 0 && cutTold.add(pass.texts().origin())) {
            parts.warn(
                    Optional.empty(),
                    pass.texts().origin() + ": " + pass.texts().cut() + " of "
                            + pass.texts().examples() + " texts were cut to the length that is read");
        }
    }

    private PassOutcome run(ForwardPass pass, HookedModel model, PassEstimate estimate) {
        RunListener listener = parts.services().listener();
        long start = System.nanoTime();
        listener.passStarted(estimate);
        PassOutcome outcome = runner.run(pass, model, listener::passAdvanced);
        double seconds = (System.nanoTime() - start) / NANOS;
        listener.passFinished(seconds);
        Set<String> hooks =
                pass.hooks().stream().map(HookName::toString).collect(Collectors.toCollection(LinkedHashSet::new));
        parts.manifest().pass(estimate, hooks, outcome, seconds);
        parts.log()
                .info(
                        "pass of {} over {}: {} of {} matrices computed",
                        estimate.model(),
                        estimate.texts(),
                        outcome.computed(),
                        estimate.targets());
        return outcome;
    }
}
