package io.arrakis.tools.kg;

import io.arrakis.api.linalg.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of the embedding matrix; the same for every block. */
final class EmbeddingRows implements VectorStore {

    private final HeapMatrix rows;

    /** Copies the rows and closes the matrix. */
    EmbeddingRows(INDArray embedding, int[] ids) {
        try (embedding) {
            RowSource source = RowSource.of(embedding);
            rows = HeapMatrix.zeros(ids.length, source.columns());
            float[] row = new float[source.columns()];
            for (int i = 0; i < ids.length; i++) {
                source.read(ids[i], 1, row);
                System.arraycopy(row, 0, rows.values(), i * row.length, row.length);
            }
        }
    }

    @Override
    public HeapMatrix stream(int block) {
        return rows;
    }
}
