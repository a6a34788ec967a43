package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Rows of token ids that go through a forward pass together. Immutable.
 *
 * <p>The mask is the only truth about padding: what stands at a masked position changes no output at another.
 */
@Stable
public final class TokenBatch {
    private final int[][] ids;
    private final boolean[][] real;
    private final int[][] typeIds;
    private final Optional<int[][]> positions;

    private TokenBatch(int[][] ids, boolean[][] real, int[][] typeIds, Optional<int[][]> positions) {
        this.ids = ids;
        this.real = real;
        this.typeIds = typeIds;
        this.positions = positions;
    }

    /**
     * Rows with a mask; token types are 0 and positions come from the mask.
     *
     * @param ids  {@code [batch][pos]}, all rows of one length; copied
     * @param real {@code [batch][pos]}, true for a real token; at least one a row; copied
     */
    public static TokenBatch of(int[][] ids, boolean[][] real) {
        if (ids.length == 0 || ids[0].length == 0) {
            throw new IllegalArgumentException("a batch needs at least one row and one position");
        }
        requireSameShape(ids, real.length, row -> real[row].length, "mask");
        requireSameShape(ids, ids.length, row -> ids[row].length, "ids");
        for (int row = 0; row < real.length; row++) {
            if (count(real[row]) == 0) {
                throw new IllegalArgumentException("row " + row + " has no real token");
            }
        }
        boolean[][] mask = Arrays.stream(real).map(boolean[]::clone).toArray(boolean[][]::new);
        return new TokenBatch(copy(ids), mask, new int[ids.length][ids[0].length], Optional.empty());
    }

    /**
     * Texts as one batch, filled up on the right.
     *
     * @param texts  at least one; each at least one token
     * @param fillId what stands at padded positions
     */
    public static TokenBatch rightPadded(List<Encoding> texts, int fillId) {
        int longest = texts.stream().mapToInt(Encoding::size).max().orElse(0);
        int[][] ids = new int[texts.size()][longest];
        int[][] types = new int[texts.size()][longest];
        boolean[][] real = new boolean[texts.size()][longest];
        for (int row = 0; row < ids.length; row++) {
            Encoding text = texts.get(row);
            for (int pos = 0; pos < longest; pos++) {
                real[row][pos] = pos < text.size();
                ids[row][pos] = real[row][pos] ? text.id(pos) : fillId;
                types[row][pos] = real[row][pos] ? text.typeId(pos) : 0;
            }
        }
        return of(ids, real).withTypeIds(types);
    }

    /** The same with token types {@code [batch][pos]}; copied. */
    public TokenBatch withTypeIds(int[][] types) {
        requireSameShape(ids, types.length, row -> types[row].length, "token types");
        return new TokenBatch(ids, real, copy(types), positions);
    }

    /**
     * The same with positions given, instead of counted over each row's real tokens.
     *
     * @param given {@code [batch][pos]}: rows of the position table, or places of the rotary; copied
     */
    public TokenBatch withPositions(int[][] given) {
        requireSameShape(ids, given.length, row -> given[row].length, "positions");
        return new TokenBatch(ids, real, typeIds, Optional.of(copy(given)));
    }

    /** How many rows there are. */
    public int rows() {
        return ids.length;
    }

    /** How long each row is, padding included. */
    public int columns() {
        return ids[0].length;
    }

    /** The id at a position. */
    public int id(int row, int pos) {
        return ids[row][pos];
    }

    /** Whether a real token stands there. */
    public boolean real(int row, int pos) {
        return real[row][pos];
    }

    /** The token type at a position. */
    public int typeId(int row, int pos) {
        return typeIds[row][pos];
    }

    /** How many real tokens a row has; at least 1. */
    public int length(int row) {
        return count(real[row]);
    }

    /** The positions that were given, {@code [batch][pos]}, a copy; empty where they come from the mask. */
    public Optional<int[][]> positions() {
        return positions.map(TokenBatch::copy);
    }

    private static int count(boolean[] row) {
        int count = 0;
        for (boolean value : row) {
            count += value ? 1 : 0;
        }
        return count;
    }

    private static int[][] copy(int[][] rows) {
        return Arrays.stream(rows).map(int[]::clone).toArray(int[][]::new);
    }

    private static void requireSameShape(int[][] ids, int rows, IntUnaryOperator columns, String what) {
        if (rows != ids.length) {
            throw new IllegalArgumentException(what + " have " + rows + " rows, the ids " + ids.length);
        }
        for (int row = 0; row < rows; row++) {
            if (columns.applyAsInt(row) != ids[0].length) {
                throw new IllegalArgumentException("row " + row + " of the " + what + " has " + columns.applyAsInt(row)
                        + " columns, not " + ids[0].length);
            }
        }
    }
}
