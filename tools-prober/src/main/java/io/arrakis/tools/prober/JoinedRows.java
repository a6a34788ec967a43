package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows of words over rows of tokens. A word of several tokens has a token id of its own, counted on after the vocabulary.
 *
 * <p>Tokens are one word where they stand next to each other in the text and are letters all through, with no letter or digit
 * before or behind.
 */
final class JoinedRows implements TokenRows {

    private final TokenRows tokens;
    private final int[] starts;
    private final int[] ids;
    private final List<String> joined;

    private JoinedRows(TokenRows tokens, int[] starts, int[] ids, List<String> joined) {
        this.tokens = tokens;
        this.starts = starts;
        this.ids = ids;
        this.joined = List.copyOf(joined);
    }

    static JoinedRows of(TokenRows tokens, Tokenizer tokenizer) {
        Collected collected = new Collected(tokens, tokenizer);
        int row = 0;
        while (row < tokens.count()) {
            int end = endOfWord(tokens, row);
            if (end > row + 1) {
                collected.addWord(row, end);
                row = end;
            } else {
                collected.add(row, tokens.tokenId(row));
                row++;
            }
        }
        return collected.rows();
    }

    /** Returns the row after the last of a word of several tokens that begins here, or the next row. */
    private static int endOfWord(TokenRows tokens, int row) {
        int end = row + 1;
        while (end < tokens.count() && tokens.example(end) == tokens.example(row) && continues(tokens, end)) {
            end++;
        }
        String text = tokens.text(tokens.example(row));
        boolean whole = end > row + 1
                && text.substring(tokens.start(row), tokens.end(end - 1))
                        .strip()
                        .chars()
                        .allMatch(Character::isLetter)
                && !isLetterOrDigit(text, tokens.end(end - 1))
                && !isLetterOrDigit(text, tokens.start(row) - 1);
        return whole ? end : row + 1;
    }

    private static boolean continues(TokenRows tokens, int row) {
        String text = tokens.text(tokens.example(row));
        int start = tokens.start(row);
        return start > 0
                && start == tokens.end(row - 1)
                && start < text.length()
                && Character.isLetter(text.charAt(start))
                && Character.isLetter(text.charAt(start - 1));
    }

    private static boolean isLetterOrDigit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    /** Returns the words of several tokens, in the order of their ids. */
    List<String> joined() {
        return joined;
    }

    /** Returns the row of the first token of a word. */
    int firstToken(int row) {
        return starts[row];
    }

    /** Returns the number of tokens of a word. */
    int length(int row) {
        return starts[row + 1] - starts[row];
    }

    private int lastToken(int row) {
        return starts[row + 1] - 1;
    }

    @Override
    public int count() {
        return ids.length;
    }

    @Override
    public int examples() {
        return tokens.examples();
    }

    @Override
    public int example(int row) {
        return tokens.example(firstToken(row));
    }

    @Override
    public int position(int row) {
        return tokens.position(firstToken(row));
    }

    @Override
    public int tokenId(int row) {
        return ids[row];
    }

    @Override
    public int start(int row) {
        return tokens.start(firstToken(row));
    }

    @Override
    public int end(int row) {
        return tokens.end(lastToken(row));
    }

    @Override
    public boolean wholeWord(int row) {
        return length(row) > 1 || tokens.wholeWord(firstToken(row));
    }

    @Override
    public int firstRow(int example) {
        int found = Arrays.binarySearch(starts, tokens.firstRow(example));
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public String text(int example) {
        return tokens.text(example);
    }

    @Override
    public String exampleId(int example) {
        return tokens.exampleId(example);
    }

    @Override
    public int cut() {
        return tokens.cut();
    }

    private static final class Collected {

        private final TokenRows tokens;
        private final Tokenizer tokenizer;
        private final Map<List<Integer>, Integer> known = new HashMap<>();
        private final List<String> joined = new ArrayList<>();
        private final int[] starts;
        private final int[] ids;
        private int count;

        Collected(TokenRows tokens, Tokenizer tokenizer) {
            this.tokens = tokens;
            this.tokenizer = tokenizer;
            this.starts = new int[tokens.count() + 1];
            this.ids = new int[tokens.count()];
        }

        void add(int row, int id) {
            starts[count] = row;
            ids[count++] = id;
        }

        void addWord(int first, int end) {
            List<Integer> parts =
                    IntStream.range(first, end).mapToObj(tokens::tokenId).toList();
            add(first, known.computeIfAbsent(parts, this::id));
        }

        private int id(List<Integer> parts) {
            int[] of = parts.stream().mapToInt(Integer::intValue).toArray();
            joined.add(tokenizer.decode(of).strip());
            return tokenizer.vocabularySize() + joined.size() - 1;
        }

        JoinedRows rows() {
            int[] bounds = Arrays.copyOf(starts, count + 1);
            bounds[count] = tokens.count();
            return new JoinedRows(tokens, bounds, Arrays.copyOf(ids, count), joined);
        }
    }
}
