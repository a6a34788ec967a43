package io.arrakis.tools.lens;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes down the effects of patches. */
final class PatchReport {

    private final ActivationPatching.Params params;
    private final OperationContext context;
    private final List<Integer> blocks;
    private final PreparedPair first;
    private final List<String> units;

    /**
     * Names blocks and units.
     *
     * @param first the first pair, whose tokens stand for positions
     */
    PatchReport(ActivationPatching.Params params, OperationContext context, List<Integer> blocks, PreparedPair first) {
        this.params = params;
        this.context = context;
        this.blocks = blocks;
        this.first = first;
        this.units = params.site().byPosition() ? positions() : heads();
    }

    /**
     * The plain runs of a pair.
     *
     * @param id        of the pair
     * @param clean     tokens
     * @param corrupted tokens
     * @param base      metric of the run that is patched
     * @param source    metric of the run that the patches come from
     * @param used      whether the two differ
     */
    record Pair(String id, TokenRow clean, TokenRow corrupted, double base, double source, boolean used) {}

    /**
     * What was seen beside the effects.
     *
     * @param pairs       all pairs
     * @param otherPair   effect of the best site with activations of another pair
     * @param largestSlip of the runs that must not differ
     */
    record Runs(List<Pair> pairs, Optional<Estimate> otherPair, double largestSlip) {}

    private List<String> heads() {
        return IntStream.range(0, context.model().architecture().dims().nHeads())
                .mapToObj(Integer::toString)
                .toList();
    }

    private List<String> positions() {
        List<String> clean = first.clean().labels(context.tokenizer());
        return IntStream.range(0, clean.size())
                .mapToObj(position -> {
                    int other = first.corrupted().ids()[position];
                    boolean same = first.clean().ids()[position] == other;
                    return clean.get(position) + (same ? "" : "/" + TokenRow.readable(context.tokenizer(), other));
                })
                .toList();
    }

    /** Returns the result. */
    PatchEffects result(Tally effects, Tally.Best best, Runs runs) {
        return new PatchEffects(
                best.value(),
                runs.otherPair(),
                "block " + blocks.get(best.site() / units.size()) + ", "
                        + params.site().unit() + " " + units.get(best.site() % units.size()),
                best.heldOut(),
                runs.largestSlip(),
                effectTable(effects),
                pairTable(runs.pairs()),
                figure(effects),
                warnings(runs.pairs(), best));
    }

    private Table effectTable(Tally effects) {
        SeededRandom random = context.random("effects");
        Table.Builder table = Table.builder()
                .integer("block", "0 to n_layers - 1")
                .integer(params.site().unit(), "what was patched in the block")
                .text("label", "the same for people: the token of the first pair, clean/corrupted where they differ")
                .number("effect", "share of the way to the other run, mean over pairs")
                .number("low", "lower end of its interval, 0.95, over pairs")
                .number("high", "upper end");
        for (int site = 0; site < blocks.size() * units.size(); site++) {
            Estimate effect = effects.estimate(site, random.child(site));
            table.row(
                    blocks.get(site / units.size()),
                    site % units.size(),
                    units.get(site % units.size()),
                    effect.value(),
                    effect.low(),
                    effect.high());
        }
        return table.build();
    }

    private Table pairTable(List<Pair> pairs) {
        Table.Builder table = Table.builder()
                .text("pair", "number in the list, or id of the row")
                .text("clean", "the clean input")
                .text("corrupted", "the corrupted input")
                .number("patched_run", "metric of the run that is patched")
                .number("other_run", "metric of the run that the patches come from")
                .flag("used", "whether the metric tells the two apart");
        pairs.forEach(pair -> table.row(
                pair.id(),
                context.tokenizer().decode(pair.clean().ids()),
                context.tokenizer().decode(pair.corrupted().ids()),
                pair.base(),
                pair.source(),
                pair.used()));
        return table.build();
    }

    private Figure figure(Tally effects) {
        return new Figure.HeatMap(
                "Share of the way to the other run that one "
                        + params.site().unit() + " of one block makes up for, patching "
                        + params.site().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                new Figure.Axis(params.site().unit()),
                new Figure.Axis("block"),
                units,
                blocks.stream().map(String::valueOf).toList(),
                IntStream.range(0, blocks.size())
                        .mapToObj(block -> IntStream.range(0, units.size())
                                .mapToObj(unit -> effects.mean(block * units.size() + unit))
                                .toList())
                        .toList());
    }

    private static List<String> warnings(List<Pair> pairs, Tally.Best best) {
        List<String> warnings = new ArrayList<>();
        long left = pairs.stream().filter(pair -> !pair.used()).count();
        if (left > 0) {
            warnings.add(left + " of " + pairs.size()
                    + " pairs were left out: the metric does not tell their clean run from the corrupted one");
        }
        if (!best.heldOut()) {
            warnings.add("the best site was chosen on the pairs that it was measured on, so its effect is too large by"
                    + " chance; four pairs or more are halved");
        }
        return warnings;
    }
}
