package io.arrakis.runtime.model;

import io.arrakis.api.model.RotaryScaling;
import io.arrakis.api.model.TokenBatch;
import java.util.Arrays;

/**
 * Where each token stands in its text.
 *
 * @param positions {@code [row][pos]}: as given, or counted over the row's real tokens; undefined at padding
 * @param lengths   a row's largest position plus one
 */
record TokenPositions(int[][] positions, int[] lengths) {
    /**
     * The positions of a batch.
     *
     * @param first position of a row's first token, where positions come from the mask
     */
    static TokenPositions of(TokenBatch batch, int first) {
        int[][] positions = batch.positions().orElseGet(() -> counted(batch, first));
        int[] lengths = new int[batch.rows()];
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                if (batch.real(row, pos)) {
                    lengths[row] = Math.max(lengths[row], positions[row][pos] + 1);
                }
            }
        }
        return new TokenPositions(positions, lengths);
    }

    private static int[][] counted(TokenBatch batch, int first) {
        int[][] positions = new int[batch.rows()][batch.columns()];
        for (int row = 0; row < batch.rows(); row++) {
            int next = first;
            for (int pos = 0; pos < batch.columns(); pos++) {
                positions[row][pos] = next;
                next += batch.real(row, pos) ? 1 : 0;
            }
        }
        return positions;
    }

    /** Whether one row's rotation is that of all: the same positions, and the same length where that matters. */
    boolean turnAlike(RotaryScaling scaling) {
        for (int row = 1; row < positions.length; row++) {
            boolean lengthFits = !scaling.dependsOnLength() || lengths[row] == lengths[0];
            if (!lengthFits || !Arrays.equals(positions[row], positions[0])) {
                return false;
            }
        }
        return true;
    }
}
