package io.arrakis.tools.prober;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.Permutation;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measures the effect of neurons at each dose and beside others, and writes it down. */
final class EffectSummary {

    private static final int FEWEST_DRAWS = 20;

    private final NeuronEffect.Params params;
    private final ConceptEffect effect;
    private final SeededRandom random;

    EffectSummary(NeuronEffect.Params params, ConceptEffect effect, OperationContext context) {
        this.params = params;
        this.effect = effect;
        this.random = context.random("neuron_effect");
    }

    NeuronEffects result(double[] unchanged, List<String> warnings) {
        double[] lost = effect.ofTexts(params.neurons(), 1, random.child("held at"));
        Estimate drop = estimate(lost);
        ConceptEffect.Drops drops = effect.besideOthers(lost, params.neurons(), params.draws(), random);
        List<Estimate> doses = params.doses().stream()
                .map(dose -> estimate(effect.ofTexts(params.neurons(), dose, random.child("held at"))))
                .toList();
        return new NeuronEffects(
                params.neurons(),
                Moments.mean(unchanged),
                drop,
                Permutation.pValue(drops.chosen(), drops.random(), Alternative.GREATER),
                Permutation.pValue(drops.chosen(), drops.matched(), Alternative.GREATER),
                doses(doses),
                others(drops),
                figure(doses),
                Stream.of(
                                warnings.stream(),
                                fewer(drops.random(), "random neurons"),
                                fewer(drops.matched(), "neurons that respond as much"))
                        .flatMap(part -> part)
                        .toList());
    }

    /** With fewer draws p cannot reach .05; that fewer were found than asked for stands in the table anyway. */
    private Stream<String> fewer(double[] drops, String what) {
        return drops.length >= Math.min(params.draws(), FEWEST_DRAWS)
                ? Stream.empty()
                : Stream.of("only " + drops.length + " draws of " + what + ", not " + params.draws()
                        + ": there are hardly more that differ, and p is at least 1/" + (drops.length + 1));
    }

    private Estimate estimate(double[] drops) {
        return OverUnits.mean(drops, random.child("bootstrap"));
    }

    private Table doses(List<Estimate> drops) {
        Table.Builder table = Table.builder()
                .number("dose", "part of the way to what the neurons are held at")
                .number("drop", "of what was measured, mean over texts")
                .number("low", "lower end of the interval of 95%, over texts")
                .number("high", "upper end");
        for (int i = 0; i < drops.size(); i++) {
            Estimate drop = drops.get(i);
            table.row(params.doses().get(i), drop.value(), cell(drop.low()), cell(drop.high()));
        }
        return table.build();
    }

    private static Object cell(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Table others(ConceptEffect.Drops drops) {
        Table.Builder table = Table.builder()
                .integer("draw", "number of the draw")
                .number("random", "drop with random neurons of the same layers; empty where no more draws differ")
                .number(
                        "matched",
                        "drop with neurons of the same layers that respond as much; empty where no more draws differ");
        for (int draw = 0; draw < Math.max(drops.random().length, drops.matched().length); draw++) {
            table.row(draw, at(drops.random(), draw), at(drops.matched(), draw));
        }
        return table.build();
    }

    private static Object at(double[] drops, int draw) {
        return draw < drops.length ? drops[draw] : null;
    }

    private Figure figure(List<Estimate> drops) {
        List<Double> values = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (Estimate drop : drops) {
            values.add(drop.value());
            low.add(drop.low());
            high.add(drop.high());
        }
        boolean known = low.stream().noneMatch(value -> Double.isNaN(value));
        return new Figure.Lines(
                "What is lost, by how far the neurons are moved",
                new Figure.Axis("dose"),
                new Figure.Axis("drop"),
                params.doses(),
                List.of(new Figure.Series("neurons", values, known ? low : List.of(), known ? high : List.of())));
    }
}
