package io.arrakis.tools.prober;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A vocabulary; it encodes nothing. */
record FakeTokenizer(List<String> vocabulary) implements Tokenizer {

    @Override
    public Encoding encode(String text, SpecialTokens special) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Encoding encodePair(String first, String second) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int... ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String token(int id) {
        return vocabulary.get(id);
    }

    @Override
    public OptionalInt id(String token) {
        int id = vocabulary.indexOf(token);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public Optional<String> word(int id) {
        return Optional.of(token(id)).filter(word -> word.chars().allMatch(Character::isLetter));
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public String fingerprint() {
        return String.join(" ", vocabulary);
    }

    @Override
    public int padId() {
        return 0;
    }
}
