package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Measures words at one residual layer. */
final class PolysemyMeasurement {

    private static final int PERMUTATIONS = 20;

    private final Activations activations;
    private final HookName hook;
    private final OperationContext context;
    private final Words words;
    private final Dimensions dimensions;

    PolysemyMeasurement(Activations activations, HookName hook, Words words, OperationContext context) {
        this.activations = activations;
        this.hook = hook;
        this.context = context;
        this.words = words;
        this.dimensions = Dimensions.of(activations, hook);
    }

    /** Mean over all pairs, and standard deviation of the mean over draws. */
    record Mean(Sampled mean, double deviation) {

        private static Mean of(PairMean pairs, int[][] draws) {
            return new Mean(pairs.sampled(), PolysemyMeasurement.deviation(draws, pairs::meanOf));
        }
    }

    /** Returns the dissimilarity of the occurrences of each word. */
    List<Mean> self(List<WordSample> samples, Normalisation normalisation) {
        SelfSimilarity similarity = new SelfSimilarity(activations, hook, space(normalisation));
        List<Mean> means = new ArrayList<>();
        try (OperationContext.Progress progress = context.progress("self-similarity", samples.size())) {
            for (WordSample sample : samples) {
                context.checkCancelled();
                means.add(Mean.of(similarity.of(sample), sample.draws()));
                progress.advance(1);
            }
        }
        return means;
    }

    /** Returns the variance of the occurrences of each word where the layer varies most. */
    List<Sampled> dispersion(List<WordSample> samples) {
        Dispersion dispersion =
                new Dispersion(activations, hook, space(new Normalisation.ZScore()), context.linearAlgebra());
        return samples.stream().map(dispersion::of).toList();
    }

    /** Returns the dissimilarity of the occurrences of each word, the mean of each text subtracted. */
    List<Sampled> selfInText(List<WordSample> samples) {
        SelfInText similarity = new SelfInText(activations, hook, space(new Normalisation.ZScore()));
        List<Sampled> values = new ArrayList<>();
        for (WordSample sample : samples) {
            context.checkCancelled();
            values.add(similarity.of(sample));
        }
        return values;
    }

    /**
     * What the neighbours of the occurrences say.
     *
     * @param sets    dissimilarity of the sets of words
     * @param spread  number of different words near the occurrences of a draw, in expectation
     * @param permuted the first under each permutation of words within tenths of equal frequency
     * @param found   the neighbours of some occurrences of each word
     * @param hubness skewness of how often an occurrence is a neighbour
     * @param recall  which share of the true neighbours was found, where a graph was walked
     */
    record Neighbourhoods(
            List<Mean> sets,
            List<Sampled> spread,
            List<double[]> permuted,
            List<List<NeighbourSearch.Found>> found,
            double hubness,
            Optional<Estimate> recall) {}

    /** Finds the neighbours of each word's occurrences, exactly. */
    Neighbourhoods neighbours(List<WordSample> samples, int k, int shown) {
        return neighbours(samples, k, shown, SearchMethod.EXACT);
    }

    /** Finds the neighbours of each word's occurrences. */
    Neighbourhoods neighbours(List<WordSample> samples, int k, int shown, SearchMethod method) {
        VectorSpace centred = space(new Normalisation.Centre());
        NeighbourSearch search = new NeighbourSearch(
                new NeighbourSearch.Layer(
                        rows -> new SpaceRows(activations, hook, centred, rows), activations.rows(), words),
                k,
                method);
        List<Mean> sets = new ArrayList<>();
        List<Sampled> spread = new ArrayList<>();
        List<double[]> permuted = new ArrayList<>();
        List<List<NeighbourSearch.Found>> kept = new ArrayList<>();
        TypePermutation permutation = search.permutation();
        Optional<Estimate> recall = search.forEach(samples, context, (sample, found) -> {
            NeighbourTypes types = new NeighbourTypes(
                    found.stream().map(NeighbourSearch.Found::words).toArray(int[][]::new));
            sets.add(Mean.of(types.distances(), sample.draws()));
            spread.add(types.spread(sample.draws()[0].length));
            permuted.add(permuted(types, sample, permutation));
            kept.add(List.copyOf(found.subList(0, Math.min(shown, found.size()))));
        });
        return new Neighbourhoods(sets, spread, permuted, kept, search.hubness(), recall);
    }

    private double[] permuted(NeighbourTypes types, WordSample sample, TypePermutation permutation) {
        SeededRandom random = context.random("permuted types", sample.name());
        return IntStream.range(0, PERMUTATIONS)
                .mapToDouble(one -> types.permuted(permutation, sample.word(), random)
                        .distances()
                        .mean())
                .toArray();
    }

    /** Returns the vectors of this layer as a normalisation makes them. */
    VectorSpace space(Normalisation normalisation) {
        LinearAlgebra linearAlgebra = context.linearAlgebra();
        return VectorSpace.of(normalisation, dimensions, activations, hook, linearAlgebra);
    }

    private static double deviation(int[][] draws, ToDoubleFunction<int[]> statistic) {
        return draws.length < 2
                ? 0
                : Moments.standardDeviation(
                        Arrays.stream(draws).mapToDouble(statistic).toArray());
    }
}
