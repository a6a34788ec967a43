package io.arrakis.tools.prober;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.Alternative;
import io.arrakis.api.stats.Auroc;
import io.arrakis.api.stats.Direction;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.LabelPermutation;
import io.arrakis.api.stats.MaxT;
import io.arrakis.api.stats.MaxTResult;
import io.arrakis.api.stats.MultipleTesting;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.api.stats.UnusableSampleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Chooses neurons on one half of the texts and reports them on the other. */
final class ConceptSearch {

    private static final double FALSE_DISCOVERY_RATE = 0.05;

    private static final double LEVEL = 0.95;

    private final ConceptTexts concept;
    private final NeuronRanks ranks;
    private final SeededRandom random;

    ConceptSearch(ConceptTexts concept, NeuronRanks ranks, SeededRandom random) {
        this.concept = concept;
        this.ranks = ranks;
        this.random = random;
    }

    /** Returns the neurons that a search puts first. */
    List<Neuron> first(MaxTResult search, int count) {
        return Arrays.stream(order(search)).limit(count).mapToObj(ranks::neuron).toList();
    }

    /**
     * Measures what a search chose on the texts that had no part in it.
     *
     * @param company what else tells these texts apart
     */
    ConceptNeurons report(MaxTResult search, ConceptNeurons.Company company, int shuffles, int top) {
        double[] rates = MultipleTesting.benjaminiHochberg(search.pValues());
        int[] order = order(search);
        int[] first = Arrays.copyOf(order, Math.min(top, order.length));
        int best = order[0];
        Neuron neuron = ranks.neuron(best);
        Direction direction = Auroc.direction(search.auroc(best));
        int[] reported = concept.of(Half.REPORT);
        List<double[]> listed = Arrays.stream(first)
                .mapToObj(unit -> NeuronResponses.of(concept, ranks.neuron(unit), reported))
                .toList();
        double[] responses = listed.get(0);
        boolean[] labels = concept.labels(reported);
        Detection detection = Detection.of(towards(direction, responses), labels, random.child("detection"));
        ShuffledSearch.Outcome shuffled = new ShuffledSearch(concept, ranks, random.child("shuffled")).run(shuffles);
        return new ConceptNeurons(
                neuron,
                direction,
                detection.auroc(),
                detection.averagePrecision(),
                search.adjustedPValue(best),
                shuffled.heldOut(),
                shuffled.whereChosen(),
                search.units(),
                (int) Arrays.stream(rates)
                        .filter(rate -> rate <= FALSE_DISCOVERY_RATE)
                        .count(),
                Arrays.stream(first).mapToObj(ranks::neuron).toList(),
                company,
                neurons(search, rates, first, listed),
                TokenResponses.table(List.of()),
                texts(reported, responses),
                ResponseFigure.of(
                        "Responses of layer " + neuron.layer() + " neuron " + neuron.neuron()
                                + " to texts that did not choose it",
                        side(responses, labels, true),
                        side(responses, labels, false)),
                warnings(search, best, listed));
    }

    /** Tests all neurons on the texts to choose on. */
    MaxTResult search(int permutations, int lengthStrata) {
        int[] chosen = concept.of(Half.SELECTION);
        LabelPermutation labels = permutation(chosen, lengthStrata);
        MaxT search = MaxT.ofAuroc(labels, ranks.neurons(), permutations, Alternative.TWO_SIDED);
        float[] arrangements = labels.matrix(permutations, random.child("permutations"));
        ranks.rankSums(chosen, arrangements, search::add);
        return search.result();
    }

    private LabelPermutation permutation(int[] chosen, int lengthStrata) {
        try {
            return LabelPermutation.within(concept.labels(chosen), concept.lengthBins(chosen, lengthStrata));
        } catch (UnusableSampleException e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.DATA_UNFIT,
                            SourceLocation.of("length_strata"),
                            "true and false texts differ in length so much that no labels can be exchanged: "
                                    + e.getMessage(),
                            "give texts of like length, or set length_strata: 1")),
                    e);
        }
    }

    /** Returns the neurons, largest statistic first; equal ones by number. */
    private static int[] order(MaxTResult search) {
        return IntStream.range(0, search.units())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(unit -> -search.statistic(unit)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Adds the columns that describe a neuron of a search. */
    static Table.Builder neuronColumns(Table.Builder table) {
        return table.integer("layer", "block of the neuron")
                .integer("neuron", "number in its block")
                .text("direction", "which way it responds to true texts, on the texts that chose it")
                .number("auroc", "on texts that did not choose it, towards that direction")
                .number("low", "lower end of the interval of 95%")
                .number("high", "upper end")
                .number("p_best", "of the best of all neurons, on the texts that chose it")
                .number("p", "of this neuron alone")
                .number("false_discovery_rate", "Benjamini and Hochberg, over all neurons");
    }

    private static double[] towards(Direction direction, double[] responses) {
        return direction == Direction.LOWER_FOR_TRUE
                ? Arrays.stream(responses).map(response -> -response).toArray()
                : responses;
    }

    private Table neurons(MaxTResult search, double[] rates, int[] units, List<double[]> listed) {
        Table.Builder table = neuronColumns(Table.builder());
        boolean[] labels = concept.labels(concept.of(Half.REPORT));
        for (int i = 0; i < units.length; i++) {
            int unit = units[i];
            Neuron neuron = ranks.neuron(unit);
            Direction direction = Auroc.direction(search.auroc(unit));
            double[] responses = towards(direction, listed.get(i));
            Estimate auroc = Detection.estimate(Auroc.interval(responses, labels, LEVEL));
            table.row(
                    neuron.layer(),
                    neuron.neuron(),
                    direction.name().toLowerCase(Locale.ROOT),
                    auroc.value(),
                    auroc.low(),
                    auroc.high(),
                    search.adjustedPValue(unit),
                    search.pValue(unit),
                    rates[unit]);
        }
        return table.build();
    }

    private Table texts(int[] reported, double[] responses) {
        Table.Builder table = Table.builder()
                .text("example", "id of the text")
                .flag("label", "whether it has the concept")
                .number("response", "of the best neuron")
                .text("text", "the text");
        LabelledTexts texts = concept.texts();
        IntStream.range(0, reported.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -responses[i]))
                .forEach(i -> table.row(
                        texts.ids().get(reported[i]),
                        texts.labels()[reported[i]],
                        responses[i],
                        texts.texts().get(reported[i])));
        return table.build();
    }

    private static double[] side(double[] responses, boolean[] labels, boolean label) {
        return IntStream.range(0, responses.length)
                .filter(i -> labels[i] == label)
                .mapToDouble(i -> responses[i])
                .toArray();
    }

    private List<String> warnings(MaxTResult search, int best, List<double[]> listed) {
        List<String> warnings = new ArrayList<>(concept.warnings());
        if (search.adjustedPValue(best) > FALSE_DISCOVERY_RATE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the best of %d neurons is no better than the best under permuted labels (p %.3f): no concept neuron was"
                            + " found",
                    search.units(),
                    search.adjustedPValue(best)));
        }
        long constant = listed.stream().filter(ConceptSearch::constant).count();
        if (constant > 0) {
            warnings.add(constant + " of the " + listed.size()
                    + " neurons listed never change over the texts that are reported: they tell nothing apart");
        }
        CutTexts.warn(concept.cut(), warnings);
        return warnings;
    }

    private static boolean constant(double[] responses) {
        return Arrays.stream(responses).allMatch(response -> response == responses[0]);
    }
}
