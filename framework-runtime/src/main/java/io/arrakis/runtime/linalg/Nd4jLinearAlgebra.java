package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;
import io.arrakis.api.linalg.RowConsumer;
import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.linalg.Search;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Kernels on ND4J's memory and BLAS, shared among a fixed number of threads.
 *
 * <p>Products go to BLAS by blocks, selection and ranking are plain Java over primitive arrays in the same threads. Native
 * memory that a kernel needs for itself is freed before it returns.
 */
public final class Nd4jLinearAlgebra implements LinearAlgebra {

    private final Workers workers;

    /** Makes kernels for a number of threads, the calling one among them; it changes the time alone, not the results. */
    public Nd4jLinearAlgebra(int threads) {
        this.workers = new Workers(threads);
    }

    @Override
    public INDArray product(INDArray a, boolean transposeA, INDArray b, boolean transposeB) {
        try (Operand left = Operand.of(transposeA ? a.transpose() : a, "a");
                Operand right = Operand.of(transposeB ? b.transpose() : b, "b")) {
            requireFit(left, right);
            return Products.product(left, right, workers);
        }
    }

    @Override
    public void productRows(INDArray a, INDArray b, RowConsumer rows) {
        try (Operand left = Operand.of(a, "a");
                Operand right = Operand.of(b, "b")) {
            requireFit(left, right);
            if (left.type() != DataType.FLOAT) {
                throw new IllegalArgumentException("a and b are " + left.type() + ", not FLOAT");
            }
            Products.productRows(left, right, rows, workers);
        }
    }

    private static void requireFit(Operand a, Operand b) {
        if (a.columns() != b.rows() || a.type() != b.type()) {
            throw new IllegalArgumentException("cannot multiply a, " + a.type() + " " + a.shape() + ", and b, "
                    + b.type() + " " + b.shape() + ", as they are taken: inner axes and types must be the same");
        }
    }

    @Override
    public INDArray columnRanks(INDArray a) {
        try (Operand matrix = Operand.of(a, "a")) {
            return ColumnRanks.of(matrix, workers);
        }
    }

    @Override
    public Neighbours nearest(RowSource queries, RowSource base, Search search) {
        return new RowSearch(queries, base, search).run(workers);
    }

    @Override
    public Neighbours nearestByGraph(RowSource queries, RowSource base, Search search) {
        return new GraphSearch(queries, base, search).run(workers);
    }

    @Override
    public Neighbourhoods neighbourhoods(INDArray rows, int k) {
        return new NeighbourhoodSearch(rows, k).run(workers);
    }

    @Override
    public List<Qr> thinQr(List<INDArray> matrices) {
        return each(matrices.size(), Nd4jLinearAlgebra::close, (decompositions, i) -> {
            try (Operand matrix = Operand.of(matrices.get(i), "a matrix")) {
                return decompositions.thinQr(matrix);
            }
        });
    }

    @Override
    public List<Svd> smallSvd(List<INDArray> matrices) {
        return each(matrices.size(), Nd4jLinearAlgebra::close, (decompositions, i) -> {
            try (Operand matrix = Operand.of(matrices.get(i), "a matrix")) {
                return decompositions.smallSvd(matrix);
            }
        });
    }

    @Override
    public List<Svd> productSvd(List<INDArray> a, List<INDArray> b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(a.size() + " factors a, " + b.size() + " factors b");
        }
        return each(a.size(), Nd4jLinearAlgebra::close, (decompositions, i) -> {
            try (Operand left = Operand.of(a.get(i), "a");
                    Operand right = Operand.of(b.get(i), "b")) {
                return decompositions.productSvd(left, right);
            }
        });
    }

    private static void close(Qr qr) {
        qr.q().close();
        qr.r().close();
    }

    private static void close(Svd svd) {
        svd.u().close();
        svd.v().close();
    }

    /** Decomposes one after the other; where one fails the others' results are closed. */
    private <T> List<T> each(int count, Consumer<T> close, BiFunction<Decompositions, Integer, T> one) {
        AtomicReferenceArray<T> results = new AtomicReferenceArray<>(count);
        try {
            workers.run(count, () -> decomposing((decompositions, i) -> results.set(i, one.apply(decompositions, i))));
        } catch (RuntimeException | Error e) {
            IntStream.range(0, count)
                    .mapToObj(results::get)
                    .filter(Objects::nonNull)
                    .forEach(close);
            throw e;
        }
        return IntStream.range(0, count).mapToObj(results::get).toList();
    }

    private static Workers.Worker decomposing(BiConsumer<Decompositions, Integer> one) {
        return new Workers.Worker() {

            private final Decompositions decompositions = new Decompositions();

            @Override
            public void run(int task) {
                one.accept(decompositions, task);
            }

            @Override
            public void close() {
                decompositions.close();
            }
        };
    }
}
