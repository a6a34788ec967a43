package io.arrakis.runtime.model;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.PositionTable;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** Refuses inputs that would read beyond a table, which in native code is a crash or a wrong number. */
final class InputChecks {
    private InputChecks() {}

    /** Checks every real token of a batch. */
    static void require(TokenBatch batch, TokenPositions positions, Architecture architecture) {
        int vocabulary = architecture.dims().dVocab();
        int types = Math.max(1, architecture.embedding().tokenTypes());
        int places =
                architecture.embedding().positions().map(PositionTable::rows).orElse(Integer.MAX_VALUE);
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                if (batch.real(row, pos)) {
                    String where = "row " + row + ", position " + pos;
                    require(batch.id(row, pos), vocabulary, "token id", where);
                    require(batch.typeId(row, pos), types, "token type", where);
                    require(positions.positions()[row][pos], places, "position", where);
                }
            }
        }
    }

    private static void require(int value, int limit, String what, String where) {
        if (value < 0) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "token batch",
                    what + " " + value + " at " + where + " is negative",
                    "count from 0; tokens that are no part of a text have 0 in attention_mask");
        }
        if (value >= limit) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "token batch",
                    what + " " + value + " at " + where + " is beyond the model's " + limit,
                    "use the model's own tokenizer, and cut texts to its context");
        }
    }
}
