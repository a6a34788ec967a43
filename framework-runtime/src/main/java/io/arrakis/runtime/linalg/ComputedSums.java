package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.Neighbourhoods;
import io.arrakis.api.linalg.Neighbours;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums of inner products of neighbours, from a product for each neighbourhood. */
final class ComputedSums {

    private final Neighbours found;
    private final INDArray rows;
    private final double[] squares;
    private final double[] sums;

    /** Takes rows that lie together. */
    ComputedSums(Neighbours found, INDArray rows) {
        this.found = found;
        this.rows = rows;
        this.squares = new double[found.queries()];
        this.sums = new double[found.queries() * found.k()];
    }

    Workers.Worker worker() {
        return new Neighbourhood();
    }

    Neighbourhoods result() {
        return new Neighbourhoods(found, squares, sums);
    }

    private final class Neighbourhood implements Workers.Worker {

        private final int width = rows.columns();
        private final FloatPointer all = new FloatPointer(rows.data().addressPointer());
        private final FloatPointer gathered = new FloatPointer((long) (found.k() + 1) * width);
        private final FloatPointer product = new FloatPointer((long) (found.k() + 1) * (found.k() + 1));
        private final float[] products = new float[(found.k() + 1) * (found.k() + 1)];

        /** Multiplies the neighbours, and the row itself behind them, with each other. */
        @Override
        public void run(int row) {
            int near = found.count(row);
            for (int rank = 0; rank < near; rank++) {
                gather(found.row(row, rank), rank);
            }
            gather(row, near);
            int n = near + 1;
            Blas.FloatPart part = new Blas.FloatPart(gathered, width, true);
            Blas.product(new Blas.Sizes(n, n, width), part, part.flipped(), product, n);
            product.get(products, 0, n * n);
            squares[row] = products[n * n - 1];
            for (int rank = 0; rank < near; rank++) {
                double sum = 0;
                for (int other = 0; other < near; other++) {
                    sum += products[rank * n + other];
                }
                sums[row * found.k() + rank] = sum;
            }
        }

        private void gather(int row, int place) {
            Pointer.memcpy(
                    gathered.getPointer((long) place * width),
                    all.getPointer((long) row * width),
                    (long) width * Float.BYTES);
        }

        @Override
        public void close() {
            gathered.close();
            product.close();
        }
    }
}
