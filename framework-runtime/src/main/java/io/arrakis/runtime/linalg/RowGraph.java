package io.arrakis.runtime.linalg;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction.ExactScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntFunction;

/**
 * A graph over rows in memory, each linked to near rows in many directions, through which a search walks towards a query.
 *
 * @see "Subramanya et al. 2019, DiskANN; the library JVector builds and searches the graph"
 */
final class RowGraph {

    /** The product of two vectors of this length fits into an int. */
    private static final float SCALE = 1 << 15;

    private static final double LARGEST_SQUARE = 1.001;
    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();
    private static final int DEGREE = 32;
    private static final int BEAM = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float DIVERSITY = 1.2f;

    /** How many times as many rows as are wanted a search keeps on its way. */
    private static final int WIDENING = 2;

    private final int[] rows;
    private final int width;
    private final OnHeapGraphIndex graph;

    /** Builds the graph, in the calling thread. */
    RowGraph(int[] rows, int width) {
        this.rows = rows;
        this.width = width;
        ForkJoinPool one = new ForkJoinPool(1);
        try (GraphIndexBuilder builder =
                new GraphIndexBuilder(new Scores(), width, DEGREE, BEAM, OVERFLOW, DIVERSITY, one, one)) {
            for (int row = 0; row < rows.length / width; row++) {
                builder.addGraphNode(row, vector(row));
            }
            builder.cleanup();
            this.graph = builder.getGraph();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            one.shutdown();
        }
    }

    private VectorFloat<?> vector(int row) {
        float[] copy = new float[width];
        for (int i = 0; i < width; i++) {
            copy[i] = rows[row * width + i] / SCALE;
        }
        return TYPES.createFloatVector(copy);
    }

    /** Returns what asks this graph for so many rows at a time, in one thread. */
    Asker asker(int k) {
        return new Asker(k);
    }

    /**
     * Turns unit vectors into whole numbers, in which they are compared: cosines are true to about 1e-5.
     *
     * @param vectors one after the other
     * @param index   tells which vector an error is about
     */
    static int[] scaled(float[] vectors, int width, IntFunction<RuntimeException> index) {
        int[] result = new int[vectors.length];
        for (int at = 0; at < vectors.length; at += width) {
            double square = 0;
            for (int i = at; i < at + width; i++) {
                square += (double) vectors[i] * vectors[i];
                result[i] = Math.round(vectors[i] * SCALE);
            }
            if (!(square <= LARGEST_SQUARE)) {
                throw index.apply(at / width);
            }
        }
        return result;
    }

    /** Sums of whole numbers are computed several at a time by Java's compiler, sums of floating-point numbers are not. */
    private static float score(int[] a, int atA, int[] b, int atB, int width) {
        int product = 0;
        for (int i = 0; i < width; i++) {
            product += a[atA + i] * b[atB + i];
        }
        return (1 + product / (SCALE * SCALE)) / 2;
    }

    /** Asks a graph, one query after the other. */
    final class Asker {

        private final int k;
        private final GraphSearcher searcher = new GraphSearcher(graph);
        private SearchResult.NodeScore[] found = {};

        private Asker(int k) {
            this.k = k;
        }

        /** Looks for the nearest allowed rows of a vector; returns how many were found, at most {@code 2 k}. */
        int ask(int[] queries, int at, Bits allowed) {
            ExactScoreFunction nearness = row -> score(queries, at, rows, row * width, width);
            found = searcher.search(new SearchScoreProvider(nearness), WIDENING * k, allowed)
                    .getNodes();
            return found.length;
        }

        int row(int rank) {
            return found[rank].node;
        }

        float similarity(int rank) {
            return 2 * found[rank].score - 1;
        }
    }

    /** Similarities as the builder asks for them. */
    private final class Scores implements BuildScoreProvider {

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public VectorFloat<?> approximateCentroid() {
            double[] mean = new double[width];
            for (int i = 0; i < rows.length; i++) {
                mean[i % width] += rows[i];
            }
            int count = rows.length / width;
            float[] shortened = new float[width];
            for (int i = 0; i < width; i++) {
                shortened[i] = (float) (mean[i] / count / SCALE);
            }
            return TYPES.createFloatVector(shortened);
        }

        @Override
        public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
            int[] query = new int[width];
            for (int i = 0; i < width; i++) {
                query[i] = Math.round(vector.get(i) * SCALE);
            }
            return near(query, 0);
        }

        @Override
        public SearchScoreProvider searchProviderFor(int row) {
            return near(rows, row * width);
        }

        @Override
        public SearchScoreProvider diversityProviderFor(int row) {
            return searchProviderFor(row);
        }

        private SearchScoreProvider near(int[] query, int at) {
            ExactScoreFunction nearness = row -> score(query, at, rows, row * width, width);
            return new SearchScoreProvider(nearness);
        }
    }
}
