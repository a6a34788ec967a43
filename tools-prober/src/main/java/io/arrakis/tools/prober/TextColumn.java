package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** Responses of one neuron to texts, one number a text. */
final class TextColumn {

    private static final int BLOCK = 4096;

    private TextColumn() {}

    /**
     * Reads the column of a neuron.
     *
     * @param activations with one row a text
     * @throws ArrakisException if a response is not finite
     */
    static double[] read(Activations activations, HookName hook, int neuron) {
        TokenRows rows = activations.rows();
        int width = activations.width(hook);
        double[] column = new double[rows.count()];
        for (int first = 0; first < column.length; first += BLOCK) {
            int end = Math.min(column.length, first + BLOCK);
            float[] block = activations.gather(hook, RowRange.of(first, end));
            for (int row = first; row < end; row++) {
                column[row] = finite(block[(row - first) * width + neuron], hook, rows, row);
            }
        }
        return column;
    }

    private static double finite(float value, HookName hook, TokenRows rows, int row) {
        if (!Float.isFinite(value)) {
            throw new ArrakisException(
                    ErrorCode.NOT_FINITE,
                    hook.toString(),
                    "the response to text '" + rows.exampleId(rows.example(row)) + "' is " + value,
                    "check the weights of the model, or compute in float32");
        }
        return value;
    }
}
