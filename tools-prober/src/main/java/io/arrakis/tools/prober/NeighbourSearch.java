package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.linalg.Exclusion;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.OperationContext.Progress;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the nearest occurrences of other words in other texts.
 *
 * <p>The base is every whole word of the corpus, read by blocks. Queries are held in memory, as many words at a time as the
 * budget allows. Neighbours of the same word or from the same text are never counted: the former would measure how frequent a
 * word is, the latter how long its texts are.
 */
final class NeighbourSearch {

    private static final long BYTES_OF_NEIGHBOUR = 16;

    private final Layer layer;
    private final int k;
    private final int[] baseRows;
    private final int[] baseWords;
    private final int[] baseTexts;
    private final int[] timesNeighbour;
    private final SearchMethod method;

    /**
     * A layer to search in.
     *
     * @param space what is compared
     * @param rows  where its rows come from
     * @param words the words of the corpus
     */
    record Layer(SpaceRowsFactory space, TokenRows rows, Words words) {}

    /** Makes unit vectors of some rows. */
    @FunctionalInterface
    interface SpaceRowsFactory {
        RowSource of(int[] rows);
    }

    NeighbourSearch(Layer layer, int k, SearchMethod method) {
        this.layer = layer;
        this.k = k;
        this.method = method;
        TokenRows rows = layer.rows();
        this.baseRows = IntStream.range(0, rows.count()).filter(rows::wholeWord).toArray();
        this.baseWords = layer.words().ofRows(rows, baseRows);
        this.baseTexts = Arrays.stream(baseRows).map(rows::example).toArray();
        this.timesNeighbour = new int[baseRows.length];
    }

    /** The neighbours of one occurrence: rows of the corpus, nearest first, and the words there. */
    record Found(int row, int[] rows, int[] words, float[] similarities) {}

    /**
     * Finds the neighbours of the occurrences of each word and hands them over word by word, in order.
     *
     * @return which share of the true neighbours was found, where a graph was walked
     */
    Optional<Estimate> forEach(
            List<WordSample> samples, OperationContext context, BiConsumer<WordSample, List<Found>> consumer) {
        long perOccurrence = k * BYTES_OF_NEIGHBOUR + 2L * Float.BYTES * columns();
        long most = Math.max(1, context.memoryBudgetBytes() / 2 / perOccurrence);
        long queries =
                samples.stream().mapToLong(sample -> sample.pool().length).sum();
        boolean graph = method.usesGraph(queries, baseRows.length);
        SearchRecall recall = new SearchRecall(context.linearAlgebra(), queries);
        try (Progress progress = context.progress("nearest neighbours", samples.size())) {
            int first = 0;
            while (first < samples.size()) {
                int end = first;
                long occurrences = 0;
                while (end < samples.size()
                        && (end == first || occurrences + samples.get(end).pool().length <= most)) {
                    occurrences += samples.get(end++).pool().length;
                }
                context.checkCancelled();
                Searcher searcher = graph ? walking(context.linearAlgebra(), recall) : context.linearAlgebra()::nearest;
                search(samples.subList(first, end), searcher, consumer);
                progress.advance((long) end - first);
                first = end;
            }
        }
        return recall.estimate(context.random("recall"));
    }

    /** Finds the nearest rows of a base. */
    @FunctionalInterface
    private interface Searcher {
        Neighbours nearest(RowSource queries, RowSource base, Search search);
    }

    private static Searcher walking(LinearAlgebra linearAlgebra, SearchRecall recall) {
        return (queries, base, search) -> {
            Neighbours found = linearAlgebra.nearestByGraph(queries, base, search);
            recall.measure(queries, base, search, found);
            return found;
        };
    }

    private int columns() {
        return layer.space().of(baseRows).columns();
    }

    private void search(List<WordSample> samples, Searcher searcher, BiConsumer<WordSample, List<Found>> consumer) {
        int[] queryRows = samples.stream()
                .flatMapToInt(sample -> Arrays.stream(sample.pool()))
                .toArray();
        int[] words = layer.words().ofRows(layer.rows(), queryRows);
        int[] texts = Arrays.stream(queryRows).map(layer.rows()::example).toArray();
        Exclusion exclusion = (query, base) -> words[query] == baseWords[base] || texts[query] == baseTexts[base];
        try (INDArray queries = matrix(layer.space().of(queryRows))) {
            Neighbours neighbours =
                    searcher.nearest(RowSource.of(queries), layer.space().of(baseRows), Search.nearest(k, exclusion));
            int query = 0;
            for (WordSample sample : samples) {
                List<Found> found = new ArrayList<>();
                for (int row : sample.pool()) {
                    found.add(found(row, neighbours, query++));
                }
                consumer.accept(sample, found);
            }
        }
    }

    private Found found(int row, Neighbours neighbours, int query) {
        int count = neighbours.count(query);
        int[] rows = new int[count];
        int[] words = new int[count];
        float[] similarities = new float[count];
        for (int rank = 0; rank < count; rank++) {
            int base = neighbours.row(query, rank);
            rows[rank] = baseRows[base];
            words[rank] = baseWords[base];
            similarities[rank] = neighbours.similarity(query, rank);
            timesNeighbour[base]++;
        }
        return new Found(row, rows, words, similarities);
    }

    /** Returns words by how often they stand in the corpus, to permute them. */
    TypePermutation permutation() {
        int[] frequency = new int[layer.words().count()];
        for (int word : baseWords) {
            frequency[word]++;
        }
        return new TypePermutation(frequency);
    }

    /**
     * Returns how unevenly occurrences are neighbours: the skewness of the number of times that each was one. Far above 1 a few
     * hubs are near everything.
     *
     * @see "Radovanovic, Nanopoulos and Ivanovic 2010, Hubs in Space"
     */
    double hubness() {
        double[] times = Arrays.stream(timesNeighbour).asDoubleStream().toArray();
        return Arrays.stream(times).distinct().count() < 2 ? 0 : Moments.skewness(times);
    }

    private static INDArray matrix(RowSource source) {
        float[] values = new float[Math.multiplyExact(source.rows(), source.columns())];
        source.read(0, source.rows(), values);
        return Nd4j.createFromArray(values).reshape('c', source.rows(), source.columns());
    }
}
