package io.arrakis.tools.prober;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Bootstrap;
import io.arrakis.api.stats.Interval;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which share of the true neighbours an approximate search finds, on some of its queries. */
final class SearchRecall {

    private static final int SAMPLED = 200;

    /** Several times what cosines of a graph are off. */
    private static final float ROUNDING = 1e-4f;

    private final LinearAlgebra linearAlgebra;
    private final long step;
    private final List<Double> recalls = new ArrayList<>();
    private long seen;

    /**
     * Samples some 200 queries, evenly.
     *
     * @param queries number of queries of all searches together
     */
    SearchRecall(LinearAlgebra linearAlgebra, long queries) {
        this.linearAlgebra = linearAlgebra;
        this.step = Math.max(1, queries / SAMPLED);
    }

    /** Searches for the sampled ones among some queries anew, exactly, and compares. */
    void measure(RowSource queries, RowSource base, Search search, Neighbours found) {
        int[] sampled = IntStream.range(0, queries.rows())
                .filter(query -> (seen + query) % step == 0)
                .toArray();
        seen += queries.rows();
        if (sampled.length == 0) {
            return;
        }
        Search ofSampled =
                Search.nearest(search.k(), (query, row) -> search.exclusion().excludes(sampled[query], row));
        try (INDArray asked = rows(queries, sampled)) {
            Neighbours exact = linearAlgebra.nearest(RowSource.of(asked), base, ofSampled);
            for (int i = 0; i < sampled.length; i++) {
                recalls.add(recall(found, sampled[i], exact, i));
            }
        }
    }

    private static INDArray rows(RowSource source, int[] chosen) {
        float[] all = new float[chosen.length * source.columns()];
        float[] one = new float[source.columns()];
        for (int i = 0; i < chosen.length; i++) {
            source.read(chosen[i], 1, one);
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return Nd4j.create(all, new long[] {chosen.length, one.length}, 'c');
    }

    /** A neighbour counts that is as near as the last exact one: of equally near rows any will do. */
    private static double recall(Neighbours found, int query, Neighbours exact, int sampled) {
        int wanted = exact.count(sampled);
        if (wanted == 0) {
            return 1;
        }
        float least = exact.similarity(sampled, wanted - 1) - ROUNDING;
        long hits = IntStream.range(0, found.count(query))
                .filter(rank -> found.similarity(query, rank) >= least)
                .count();
        return Math.min(1, (double) hits / wanted);
    }

    /** Returns the mean over the sampled queries with its interval of 95%, over queries; none where no search was measured. */
    Optional<Estimate> estimate(SeededRandom random) {
        if (recalls.isEmpty()) {
            return Optional.empty();
        }
        double[] values = recalls.stream().mapToDouble(Double::doubleValue).toArray();
        double mean = Moments.mean(values);
        if (values.length < 2) {
            return Optional.of(Estimate.withoutInterval(mean));
        }
        Interval interval = Bootstrap.ofUnits(values.length)
                .percentile(
                        chosen -> Arrays.stream(chosen)
                                        .mapToDouble(i -> values[i])
                                        .sum()
                                / chosen.length,
                        random);
        return Optional.of(new Estimate(mean, interval.low(), interval.high()));
    }
}
