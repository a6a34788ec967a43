package io.arrakis.tools.prober;

import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.MultipleTesting;
import io.arrakis.api.stats.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes down which tokens neurons promote and suppress. */
final class LogitSummary {

    private static final double FALSE_DISCOVERY_RATE = 0.05;

    private final Tokenizer tokenizer;
    private final List<MatchedEffects.One> writing;
    private final List<String> warnings = new ArrayList<>();

    /** Takes what was measured; a neuron that writes nothing has no row. */
    LogitSummary(List<MatchedEffects.One> measured, Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.writing =
                measured.stream().filter(one -> one.effects().isPresent()).toList();
        measured.stream()
                .filter(one -> one.effects().isEmpty())
                .forEach(one -> warnings.add(
                        "neuron " + name(one.neuron()) + " writes nothing that the unembedding reads, and has no row"));
        writing.stream()
                .filter(one -> one.others().isEmpty())
                .forEach(one -> warnings.add("no other neuron of block "
                        + one.neuron().layer() + " writes anything: " + name(one.neuron()) + " is held against none"));
    }

    private static String name(Neuron neuron) {
        return "[" + neuron.layer() + ", " + neuron.neuron() + "]";
    }

    LogitEffects result() {
        double[] pValues = writing.stream().mapToDouble(LogitSummary::pValue).toArray();
        double[] rates = pValues.length == 0 ? pValues : MultipleTesting.benjaminiHochberg(pValues);
        return new LogitEffects(
                (int) Arrays.stream(rates)
                        .filter(rate -> rate <= FALSE_DISCOVERY_RATE)
                        .count(),
                neurons(pValues, rates),
                tokens(),
                warnings);
    }

    /** Returns the share of others that are as peaked; 1 where there are none. */
    private static double pValue(MatchedEffects.One one) {
        if (one.others().isEmpty()) {
            return 1;
        }
        return Permutation.pValue(one.effects().orElseThrow().kurtosis(), kurtosis(one.others()), Alternative.GREATER);
    }

    private static double[] kurtosis(List<TokenEffects> others) {
        return others.stream().mapToDouble(TokenEffects::kurtosis).toArray();
    }

    private Table neurons(double[] pValues, double[] rates) {
        Table.Builder table = Table.builder()
                .integer("layer", "block of the neuron")
                .integer("neuron", "number in its block")
                .number("length", "of what it writes, as the unembedding reads it")
                .number("spread", "standard deviation over tokens of what it adds to their scores")
                .number("skewness", "of that: above 0 where it promotes more than it suppresses")
                .number("kurtosis", "excess, of that: large where few tokens take most of the effect")
                .number("kurtosis_matched", "mean of the neurons that write as much")
                .number("p", "share of these with a kurtosis as large")
                .number("false_discovery_rate", "Benjamini and Hochberg, over the neurons given")
                .text("promoted", "tokens that it promotes most, best first")
                .text("suppressed", "tokens that it suppresses most, most first");
        for (int i = 0; i < writing.size(); i++) {
            MatchedEffects.One one = writing.get(i);
            TokenEffects effects = one.effects().orElseThrow();
            table.row(
                    one.neuron().layer(),
                    one.neuron().neuron(),
                    one.length(),
                    effects.spread(),
                    effects.skewness(),
                    effects.kurtosis(),
                    one.others().isEmpty() ? null : Moments.mean(kurtosis(one.others())),
                    pValues[i],
                    rates[i],
                    names(effects.promoted()),
                    names(effects.suppressed()));
        }
        return table.build();
    }

    private String names(TokenEffects.Ranked tokens) {
        return Arrays.stream(tokens.ids()).mapToObj(tokenizer::token).collect(Collectors.joining(" "));
    }

    private Table tokens() {
        Table.Builder table = Table.builder()
                .integer("layer", "block of the neuron")
                .integer("neuron", "number in its block")
                .text("side", "promoted or suppressed")
                .integer("rank", "1 for the largest effect")
                .text("token", "as the vocabulary spells it")
                .number("effect", "on its score, for each unit of the neuron and divisor 1 of the norms, less the mean")
                .number("deviations", "the same in standard deviations over tokens")
                .number("matched", "mean of this at the same rank of the neurons that write as much");
        for (MatchedEffects.One one : writing) {
            rows(table, one, "promoted", TokenEffects::promoted);
            rows(table, one, "suppressed", TokenEffects::suppressed);
        }
        return table.build();
    }

    private void rows(
            Table.Builder table, MatchedEffects.One one, String side, Function<TokenEffects, TokenEffects.Ranked> of) {
        TokenEffects effects = one.effects().orElseThrow();
        TokenEffects.Ranked ranked = of.apply(effects);
        for (int i = 0; i < ranked.ids().length; i++) {
            int rank = i;
            table.row(
                    one.neuron().layer(),
                    one.neuron().neuron(),
                    side,
                    rank + 1,
                    tokenizer.token(ranked.ids()[rank]),
                    ranked.effects()[rank],
                    ranked.effects()[rank] / effects.spread(),
                    one.others().isEmpty()
                            ? null
                            : one.others().stream()
                                    .mapToDouble(other -> of.apply(other).effects()[rank] / other.spread())
                                    .average()
                                    .orElseThrow());
        }
    }
}
