package io.arrakis.tools.lens;

import io.arrakis.api.data.Example;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads clean and corrupted inputs as the model does. */
final class PairReader {

    static final String CLEAN = "clean";
    static final String CORRUPTED = "corrupted";
    static final String ANSWER = "answer";
    static final String DISTRACTOR = "distractor";

    private static final List<String> MASKS = List.of("[MASK]", "<mask>");

    private final ActivationPatching.Params params;
    private final Tokenizer tokenizer;
    private final ModelDescription model;

    PairReader(ActivationPatching.Params params, Tokenizer tokenizer, ModelDescription model) {
        this.params = params;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /** A pair with the name that messages have for it. */
    private record Named(String id, PromptPair pair) {}

    /** Reports each pair of a list that cannot be patched. */
    void check(PromptPairs.Listed listed, Problems problems) {
        List<PreparedPair> prepared = new ArrayList<>();
        List<Named> pairs = named(listed);
        pairs.forEach(pair -> Refusals.report(problems, () -> prepared.add(prepare(pair))));
        if (prepared.size() == pairs.size()) {
            Refusals.report(problems, () -> requireOneLength(prepared));
        }
    }

    /**
     * Returns the first pairs.
     *
     * @throws ArrakisException naming the first pair that cannot be patched
     */
    List<PreparedPair> read(Inputs inputs) {
        List<PreparedPair> prepared = named(inputs).stream().map(this::prepare).toList();
        if (prepared.isEmpty()) {
            throw new ArrakisException(ErrorCode.DATA_UNFIT, "pairs", "there is no pair", "give at least one");
        }
        requireOneLength(prepared);
        return prepared;
    }

    private List<Named> named(Inputs inputs) {
        if (params.pairs() instanceof PromptPairs.Listed listed) {
            return named(listed);
        }
        List<Named> read = new ArrayList<>();
        Iterator<Example> rows =
                inputs.data(((PromptPairs.OfData) params.pairs()).data()).iterator();
        while (read.size() < params.maxPairs() && rows.hasNext()) {
            Example row = rows.next();
            read.add(new Named(
                    "pairs: row " + row.id(),
                    new PromptPair(field(row, CLEAN), field(row, CORRUPTED), row.text(ANSWER), row.text(DISTRACTOR))));
        }
        return read;
    }

    private List<Named> named(PromptPairs.Listed listed) {
        return IntStream.range(0, Math.min(listed.pairs().size(), params.maxPairs()))
                .mapToObj(i -> new Named("pairs[" + i + "]", listed.pairs().get(i)))
                .toList();
    }

    private static String field(Example row, String field) {
        return row.text(field)
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.DATA_ROW,
                        "pairs: row " + row.id(),
                        "the field '" + field + "' is not there",
                        "give every row one"));
    }

    private void requireOneLength(List<PreparedPair> pairs) {
        if (!params.site().byPosition() || pairs.isEmpty()) {
            return;
        }
        int length = pairs.get(0).length();
        pairs.stream().filter(pair -> pair.length() != length).findFirst().ifPresent(pair -> {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    pair.id(),
                    "its inputs have " + pair.length() + " tokens and those before have " + length
                            + ", so that positions do not correspond",
                    "give pairs of one length, or take site: heads");
        });
    }

    private PreparedPair prepare(Named named) {
        TokenRow clean = tokens(named.pair().clean());
        TokenRow corrupted = tokens(named.pair().corrupted());
        if (clean.length() != corrupted.length()) {
            throw unfit(
                    named,
                    "the clean input has " + clean.length() + " tokens and the corrupted one " + corrupted.length()
                            + ": " + clean.labels(tokenizer) + " and " + corrupted.labels(tokenizer),
                    "word them so that they have as many tokens");
        }
        if (clean.length() == 0 || clean.length() > longest()) {
            throw unfit(
                    named,
                    "the inputs have " + clean.length() + " tokens, but 1 to " + longest() + " are read",
                    "shorten them, or raise max_tokens");
        }
        return new PreparedPair(named.id(), clean, corrupted, answer(named, clean, corrupted));
    }

    private int longest() {
        return Math.min(params.maxTokens(), model.architecture().dims().nCtx());
    }

    private TokenRow tokens(String text) {
        return TokenRow.of(tokenizer.encode(text, SpecialTokens.ADD), Integer.MAX_VALUE);
    }

    private Optional<PreparedPair.Answer> answer(Named named, TokenRow clean, TokenRow corrupted) {
        return switch (params.metric()) {
            case COSINE -> Optional.empty();
            case LOGIT_DIFFERENCE ->
                Optional.of(new PreparedPair.Answer(
                        token(named, ANSWER, named.pair().answer()),
                        token(named, DISTRACTOR, named.pair().distractor()),
                        position(named, clean, corrupted)));
        };
    }

    private int token(Named named, String part, Optional<String> text) {
        String given = text.orElseThrow(() -> unfit(
                named,
                "metric logit_difference compares the scores of two tokens, but there is no " + part,
                "give answer and distractor, or take metric: cosine"));
        return OneToken.of(given, tokenizer, named.id() + "." + part);
    }

    private int position(Named named, TokenRow clean, TokenRow corrupted) {
        if (model.architecture().attention().causal()) {
            return clean.length() - 1;
        }
        int mask = MASKS.stream()
                .map(tokenizer::id)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .findFirst()
                .orElseThrow(
                        () -> unfit(named, "the vocabulary has no mask to say an answer at", "take metric: cosine"));
        int[] places = Stream.of(clean, corrupted)
                .mapToInt(row -> IntStream.range(0, row.length())
                        .filter(position -> row.ids()[position] == mask)
                        .findFirst()
                        .orElse(-1))
                .toArray();
        if (places[0] < 0 || places[0] != places[1]) {
            throw unfit(
                    named,
                    "an encoder says its answer at the mask, which must stand at one place in both inputs",
                    "put " + tokenizer.token(mask) + " there");
        }
        return places[0];
    }

    private static ArrakisException unfit(Named named, String message, String mend) {
        return new ArrakisException(ErrorCode.DATA_UNFIT, named.id(), message, mend);
    }
}
