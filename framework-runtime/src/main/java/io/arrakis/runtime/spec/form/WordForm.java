package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records without components, written as a word: their name in snake case. */
final class WordForm implements Form {

    private final RecordClass type;
    private final String word;

    WordForm(RecordClass type, String word) {
        this.type = type;
        this.word = word;
    }

    @Override
    public boolean fits(Node node) {
        return node instanceof Node.Scalar scalar && scalar.text().equals(word);
    }

    @Override
    public boolean resembles(Node node) {
        return fits(node);
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        return fits(node) ? Optional.of(word) : reading.wrongType(node, this, "");
    }

    @Override
    public Object make(Object plain) {
        return type.make(List.of());
    }

    @Override
    public Object plain(Object value) {
        return word;
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("const", word);
        return schema;
    }

    @Override
    public String example() {
        return word;
    }

    @Override
    public Words words() {
        return new Words("the word '" + word + "'", "words '" + word + "'");
    }
}
