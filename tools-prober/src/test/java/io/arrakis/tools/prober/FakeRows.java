package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts that are lists of words; a word that begins with {@code #} continues the one before. */
final class FakeRows implements TokenRows {

    private final List<List<String>> texts;
    private final FakeTokenizer tokenizer;
    private final List<int[]> places = new ArrayList<>();

    FakeRows(FakeTokenizer tokenizer, List<List<String>> texts) {
        this.tokenizer = tokenizer;
        this.texts = texts;
        for (int text = 0; text < texts.size(); text++) {
            for (int position = 0; position < texts.get(text).size(); position++) {
                places.add(new int[] {text, position});
            }
        }
    }

    /** One row a text, as pooling leaves it. */
    static TokenRows pooled(List<String> texts) {
        FakeTokenizer tokenizer = new FakeTokenizer(texts.stream().distinct().toList());
        return new FakeRows(tokenizer, texts.stream().map(List::of).toList());
    }

    private String word(int row) {
        return texts.get(example(row)).get(position(row));
    }

    @Override
    public int count() {
        return places.size();
    }

    @Override
    public int examples() {
        return texts.size();
    }

    @Override
    public int example(int row) {
        return places.get(row)[0];
    }

    @Override
    public int position(int row) {
        return places.get(row)[1];
    }

    @Override
    public int tokenId(int row) {
        return tokenizer.id(word(row)).orElseThrow();
    }

    @Override
    public int start(int row) {
        return String.join(" ", texts.get(example(row)).subList(0, position(row)))
                        .length()
                + (position(row) > 0 ? 1 : 0);
    }

    @Override
    public int end(int row) {
        return start(row) + word(row).length();
    }

    @Override
    public boolean wholeWord(int row) {
        boolean continued = position(row) + 1 < texts.get(example(row)).size()
                && texts.get(example(row)).get(position(row) + 1).startsWith("#");
        return !continued && word(row).chars().allMatch(Character::isLetter);
    }

    @Override
    public int firstRow(int example) {
        int row = 0;
        while (row < count() && example(row) < example) {
            row++;
        }
        return row;
    }

    @Override
    public String text(int example) {
        return String.join(" ", texts.get(example));
    }

    @Override
    public String exampleId(int example) {
        return Integer.toString(example);
    }

    @Override
    public int cut() {
        return 0;
    }
}
