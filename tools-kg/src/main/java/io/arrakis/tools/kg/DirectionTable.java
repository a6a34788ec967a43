package io.arrakis.tools.kg;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.result.Table;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says of each kept direction what leads it, and how much of it is position, first token or mean and no token's own.
 *
 * @param vocabulary    words of the vocabulary, each alone
 * @param contexts      tokens in texts
 * @param tokenizer     for the names of tokens
 * @param linearAlgebra the kernels
 */
record DirectionTable(TokenVectors vocabulary, ContextRows contexts, Tokenizer tokenizer, LinearAlgebra linearAlgebra) {

    private static final int LEADING = 6;
    private static final int AROUND = 24;

    static Table.Builder columns() {
        return Table.builder()
                .integer("block", "")
                .integer("head", "")
                .integer("component", "")
                .text("side", "Whether tokens are seen as query or as key.")
                .number("mean_share", "Share of the squared coordinates that is the same for all tokens.")
                .number("first_token_share", "Share that the first position has beyond it.")
                .number("position_share", "Share that the other positions have beyond it.")
                .number("token_share", "Share that is left to the tokens themselves.")
                .text("words_up", "Words of the vocabulary with the largest coordinates.")
                .text("words_down", "Words of the vocabulary with the smallest coordinates.")
                .text("contexts_up", "Tokens in texts with the largest coordinates.")
                .text("contexts_down", "Tokens in texts with the smallest coordinates.");
    }

    /** Adds a row for each direction of each head of a block. */
    void add(int block, List<HeadSubspace> heads, Table.Builder table) {
        HeapMatrix words = vocabulary.input(block);
        HeapMatrix centred = Vectors.minus(words, Vectors.mean(words));
        HeapMatrix texts = AttentionInput.normed(vocabulary.norm(), contexts.stream(block));
        int[] positions = IntStream.range(0, contexts.count())
                .map(row -> contexts.rows().position(row))
                .toArray();
        for (HeadSubspace head : heads) {
            for (Side side : Side.values()) {
                add(head, side, centred, texts, positions, table);
            }
        }
    }

    private void add(
            HeadSubspace head, Side side, HeapMatrix words, HeapMatrix texts, int[] positions, Table.Builder table) {
        HeapMatrix directions = side == Side.QUERY ? head.query() : head.key();
        boolean biases = directions.columns() > texts.columns();
        HeapMatrix alone = Coordinates.project(words, Vectors.columns(directions, 0, words.columns()), linearAlgebra);
        HeapMatrix inTexts = Coordinates.project(biases ? texts.withOnes() : texts, directions, linearAlgebra);
        for (int k = 0; k < directions.rows(); k++) {
            DirectionParts parts = DirectionParts.of(column(inTexts, k), positions);
            double[] wordCoordinates = column(alone, k);
            double[] textCoordinates = column(inTexts, k);
            table.row(
                    head.block(),
                    head.head(),
                    k,
                    side.label(),
                    parts.mean(),
                    parts.first(),
                    parts.position(),
                    parts.token(),
                    leading(wordCoordinates, true, this::word),
                    leading(wordCoordinates, false, this::word),
                    leading(textCoordinates, true, this::inText),
                    leading(textCoordinates, false, this::inText));
        }
    }

    private static double[] column(HeapMatrix rows, int column) {
        return IntStream.range(0, rows.rows())
                .mapToDouble(row -> rows.at(row, column))
                .toArray();
    }

    private static String leading(double[] coordinates, boolean up, IntFunction<String> name) {
        Comparator<Integer> order = Comparator.comparingDouble(row -> coordinates[row]);
        return IntStream.range(0, coordinates.length)
                .boxed()
                .sorted(up ? order.reversed() : order)
                .map(name::apply)
                .distinct()
                .limit(LEADING)
                .collect(Collectors.joining(" | "));
    }

    private String word(int row) {
        return vocabulary.tokens().get(row).label();
    }

    /** The token with what stands around it, or alone where the text is not known. */
    private String inText(int row) {
        TokenRows rows = contexts.rows();
        String token = tokenizer.token(rows.tokenId(row));
        int start = rows.start(row);
        if (start < 0 || rows.end(row) <= start) {
            return token;
        }
        String text = rows.text(rows.example(row));
        int from = text.offsetByCodePoints(start, -Math.min(AROUND, text.codePointCount(0, start)));
        int end = rows.end(row);
        int to = text.offsetByCodePoints(end, Math.min(AROUND, text.codePointCount(end, text.length())));
        return (text.substring(from, start) + '[' + text.substring(start, end) + ']' + text.substring(end, to)).strip();
    }
}
