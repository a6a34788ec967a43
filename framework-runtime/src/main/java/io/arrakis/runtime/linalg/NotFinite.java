package io.arrakis.runtime.linalg;

import io.arrakis.api.linalg.RowSource;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** Says which row made a result NaN or infinite. */
final class NotFinite {

    private NotFinite() {}

    /** Returns the error for the first bad row among some queries and some base rows. */
    static ArrakisException among(
            RowSource queries, int firstQuery, int nQueries, RowSource base, int firstRow, int nRows) {
        int query = firstBad(queries, firstQuery, nQueries);
        if (query >= 0) {
            return row(queries == base, false, query);
        }
        int row = firstBad(base, firstRow, nRows);
        if (row >= 0) {
            return row(queries == base, true, row);
        }
        return error("an inner product of queries " + firstQuery + " to " + (firstQuery + nQueries - 1)
                + " and base rows " + firstRow + " to " + (firstRow + nRows - 1) + " is too large for float32");
    }

    /** Returns the error for a bad row of the base, or of the queries. */
    static ArrakisException row(boolean oneSource, boolean ofBase, int row) {
        String name = oneSource ? "rows" : ofBase ? "base" : "queries";
        return error("row " + row + " of the " + name + " has NaN or infinite numbers");
    }

    /** Requires that the first entries of some of a matrix are finite. */
    static void require(double[] entries, int count, Operand matrix, String name) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += entries[i] * 0;
        }
        if (sum != 0) {
            throw error(name + ", a matrix of " + matrix.shape() + ", has NaN or infinite numbers");
        }
    }

    static ArrakisException error(String message) {
        return new ArrakisException(
                ErrorCode.NOT_FINITE,
                "linear algebra",
                message,
                "look for the first weight or activation that is not finite");
    }

    private static int firstBad(RowSource source, int first, int count) {
        float[] rows = new float[Math.multiplyExact(count, source.columns())];
        source.read(first, count, rows);
        for (int i = 0; i < rows.length; i++) {
            if (!Float.isFinite(rows[i])) {
                return first + i / source.columns();
            }
        }
        return -1;
    }
}
