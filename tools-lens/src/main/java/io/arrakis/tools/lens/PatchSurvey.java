package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.result.Estimate;
import io.arrakis.tools.lens.PatchValues.Patch;
import io.arrakis.tools.lens.PatchedRuns.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Patches all sites of all pairs. Used once. */
final class PatchSurvey {

    /** Metrics of two runs that differ by less than so much of the larger are one. */
    private static final double SAME = 1e-4;

    private final ActivationPatching.Params params;
    private final OperationContext context;
    private final HookedModel model;
    private final Rounding rounding;
    private final Metrics metrics;
    private final List<Integer> blocks;
    private final List<PatchReport.Pair> measured = new ArrayList<>();
    private final List<Used> used = new ArrayList<>();
    private final Tally effects = new Tally();
    private double largestSlip;

    /** A pair whose plain runs differ, with what its effects are measured by. */
    private record Used(PreparedPair pair, OutputMetric metric, double base, double source) {
        double effect(double patched) {
            return (patched - base) / (source - base);
        }
    }

    PatchSurvey(ActivationPatching.Params params, OperationContext context, Metrics metrics) {
        this.params = params;
        this.context = context;
        this.model = context.passes();
        this.rounding = new Rounding(context.computeType());
        this.metrics = metrics;
        this.blocks = params.layers().in(context.model().architecture().dims().nLayers(), LayerKind.BLOCK);
    }

    /** Returns the effects of all sites. */
    PatchEffects of(List<PreparedPair> pairs) {
        try (OperationContext.Progress progress = context.progress("patched pairs", pairs.size())) {
            pairs.forEach(pair -> patch(pair, progress));
        }
        if (used.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "pairs",
                    "in no pair does the metric tell the clean run from the corrupted one: "
                            + context.tokenizer().decode(measured.get(0).clean().ids()) + " | "
                            + context.tokenizer()
                                    .decode(measured.get(0).corrupted().ids()),
                    "give inputs that the model answers differently");
        }
        Tally.Best best = effects.best(context.random("best_site"));
        return new PatchReport(params, context, blocks, used.get(0).pair())
                .result(effects, best, new PatchReport.Runs(measured, otherPairs(best), largestSlip));
    }

    private void patch(PreparedPair pair, OperationContext.Progress progress) {
        PlainRuns plain = plain(pair.base(params.direction()), pair.source(params.direction()), sites());
        OutputMetric metric = metric(pair, plain);
        double base = metric.of(plain.outputs(), 0);
        double source = metric.of(plain.outputs(), 1);
        boolean differ = Math.abs(source - base) > SAME * Math.max(Math.abs(source), Math.abs(base));
        measured.add(new PatchReport.Pair(pair.id(), pair.clean(), pair.corrupted(), base, source, differ));
        if (!differ) {
            progress.advance(1);
            return;
        }
        Used measuring = new Used(pair, metric, base, source);
        List<Patch> patches = patches(pair);
        List<Measured> patched = new PatchedRuns(model, plain, metrics.hook(), metric)
                .measure(sites().stream()
                        .flatMap(site -> patches.stream().map(patch -> new PatchedRuns.Placed(site, patch)))
                        .toList());
        List<Double> found = new ArrayList<>();
        for (int i = 0; i < patched.size(); i++) {
            Patch patch = patches.get(i % patches.size());
            if (patch instanceof Patch.Nothing) {
                check(patched.get(i).fromBase(), plain);
            } else if (patch instanceof Patch.Everything) {
                checkEverything(patched.get(i), plain);
            } else {
                found.add(measuring.effect(patched.get(i).metric()));
            }
        }
        effects.add(found.stream().mapToDouble(Double::doubleValue).toArray());
        progress.advance(1);
        used.add(measuring);
    }

    private PlainRuns plain(TokenRow base, TokenRow source, List<HookName> sites) {
        return PlainRuns.of(model, base, source, sites, metrics.hook());
    }

    private OutputMetric metric(PreparedPair pair, PlainRuns plain) {
        return metrics.of(pair, plain.outputs(), params.direction() == PatchDirection.CLEAN_INTO_CORRUPTED ? 1 : 0);
    }

    private List<HookName> sites() {
        return blocks.stream().map(params.site()::hook).toList();
    }

    private int units(PreparedPair pair) {
        return params.site().byPosition()
                ? pair.length()
                : context.model().architecture().dims().nHeads();
    }

    private Patch patch(int unit) {
        return params.site().byPosition()
                ? new Patch.Position(unit)
                : new Patch.Head(unit, context.model().architecture().dims().nHeads());
    }

    /** Every unit, then nothing, then everything. */
    private List<Patch> patches(PreparedPair pair) {
        List<Patch> patches = new ArrayList<>();
        IntStream.range(0, units(pair)).mapToObj(this::patch).forEach(patches::add);
        patches.add(new Patch.Nothing());
        patches.add(new Patch.Everything());
        return patches;
    }

    /** The whole residual stream of the other run makes it the other run; other sites are a part of it. */
    private void checkEverything(Measured patched, PlainRuns plain) {
        if (params.site() == PatchSite.RESIDUAL) {
            check(patched.fromSource(), plain);
        }
    }

    private void check(double slip, PlainRuns plain) {
        largestSlip = Math.max(largestSlip, slip);
        rounding.require(
                "activation patching",
                "a patch of nothing, or of everything, does not give the outputs of the plain run",
                slip,
                plain.largest());
    }

    /**
     * Returns the effect at the best site of what the source of the next pair of the same length has there, over the pairs that
     * the site was measured on.
     */
    private Optional<Estimate> otherPairs(Tally.Best best) {
        int units = units(used.get(0).pair());
        HookName hook = params.site().hook(blocks.get(best.site() / units));
        Patch patch = patch(best.site() % units);
        Tally others = new Tally();
        IntStream.range(0, used.size())
                .filter(pair -> !best.heldOut() || Tally.measures(pair))
                .forEach(pair -> other(pair)
                        .ifPresent(other -> others.add(new double[] {otherPair(used.get(pair), other, hook, patch)})));
        return others.size() == 0 ? Optional.empty() : Optional.of(others.estimate(0, context.random("other_pair")));
    }

    private Optional<PreparedPair> other(int index) {
        return IntStream.range(1, used.size())
                .mapToObj(step -> used.get((index + step) % used.size()).pair())
                .filter(other -> other.length() == used.get(index).pair().length())
                .findFirst();
    }

    private double otherPair(Used one, PreparedPair other, HookName hook, Patch patch) {
        TokenRow base = one.pair().base(params.direction());
        PlainRuns plain = plain(base, other.source(params.direction()), List.of(hook));
        return one.effect(new PatchedRuns(model, plain, metrics.hook(), one.metric())
                .measure(List.of(new PatchedRuns.Placed(hook, patch)))
                .get(0)
                .metric());
    }
}
