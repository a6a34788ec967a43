package io.arrakis.tools.kg;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A token.
 *
 * @param id    in the vocabulary
 * @param label for people
 */
record Token(int id, String label) {

    /**
     * Finds the tokens that ids or words name, each once, in their order.
     *
     * @param parameter what messages name
     * @throws ArrakisException naming every id beyond the vocabulary and every word that is not one token
     */
    static List<Token> resolve(TokenSet tokens, Tokenizer tokenizer, String parameter) {
        if (tokens instanceof TokenSet.Ids ids) {
            return apart(
                    resolve(
                            ids.ids(),
                            parameter,
                            id -> ofId(id, tokenizer),
                            (id, place) -> beyond(id, tokenizer, place)),
                    tokenizer);
        } else if (tokens instanceof TokenSet.Words words) {
            return resolve(
                    words.words(),
                    parameter,
                    word -> ofWord(word, tokenizer),
                    (word, place) -> notOne(word, tokenizer, place));
        }
        return List.of();
    }

    private static <T> List<Token> resolve(
            List<T> listed,
            String parameter,
            Function<T, Optional<Token>> find,
            BiFunction<T, SourceLocation, Problem> missing) {
        Map<Integer, Token> found = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            T name = listed.get(i);
            SourceLocation place = SourceLocation.of(parameter + "[" + i + "]");
            find.apply(name)
                    .ifPresentOrElse(
                            token -> found.putIfAbsent(token.id(), token),
                            () -> problems.add(missing.apply(name, place)));
        }
        if (!problems.isEmpty()) {
            throw new ArrakisException(problems);
        }
        return List.copyOf(found.values());
    }

    /** Names tokens of one label, such as those with and without a space in front, as the vocabulary spells them. */
    private static List<Token> apart(List<Token> tokens, Tokenizer tokenizer) {
        Map<String, Long> count = tokens.stream().collect(Collectors.groupingBy(Token::label, Collectors.counting()));
        return tokens.stream()
                .map(token ->
                        count.get(token.label()) == 1 ? token : new Token(token.id(), tokenizer.token(token.id())))
                .toList();
    }

    static Optional<Token> ofId(int id, Tokenizer tokenizer) {
        if (id < 0 || id >= tokenizer.vocabularySize()) {
            return Optional.empty();
        }
        return Optional.of(new Token(id, tokenizer.word(id).orElseGet(() -> tokenizer.token(id))));
    }

    /** Returns the token of a word as it stands at the start of a text, or after a space, or in the vocabulary. */
    static Optional<Token> ofWord(String word, Tokenizer tokenizer) {
        return single(word, word, tokenizer)
                .or(() -> single(word, " " + word, tokenizer))
                .or(() -> {
                    OptionalInt id = tokenizer.id(word);
                    return id.isPresent() ? Optional.of(new Token(id.getAsInt(), word)) : Optional.empty();
                });
    }

    private static Optional<Token> single(String word, String text, Tokenizer tokenizer) {
        Encoding encoding = tokenizer.encode(text, SpecialTokens.NONE);
        return encoding.size() == 1 && means(word, encoding.id(0), tokenizer)
                ? Optional.of(new Token(encoding.id(0), word))
                : Optional.empty();
    }

    /** Returns whether a token stands for a word, and not for all that the vocabulary does not know. */
    static boolean means(String word, int id, Tokenizer tokenizer) {
        return tokenizer.word(id).isPresent()
                || tokenizer.token(id).equals(word)
                || tokenizer.decode(id).strip().equalsIgnoreCase(word);
    }

    private static Problem beyond(int id, Tokenizer tokenizer, SourceLocation place) {
        return Problem.error(
                ErrorCode.TOOL_INPUT,
                place,
                "there is no token " + id,
                "the vocabulary has 0 to " + (tokenizer.vocabularySize() - 1));
    }

    private static Problem notOne(String word, Tokenizer tokenizer, SourceLocation place) {
        List<String> pieces = tokenizer.encode(word, SpecialTokens.NONE).tokens();
        return Problem.error(
                ErrorCode.TOOL_INPUT,
                place,
                "'" + word + "' is "
                        + (pieces.size() == 1 ? "not in the vocabulary" : "no single token, but " + pieces),
                "give words that the model has as one token");
    }
}
