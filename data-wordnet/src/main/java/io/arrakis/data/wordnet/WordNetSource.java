package io.arrakis.data.wordnet;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.SeededRandom;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * WordNet 3.1 as a data source: sentences, definitions, words with their numbers of senses, classes of nouns and pairs of words
 * in a relation.
 *
 * <p>Nothing depends on locale, time zone or character set. What is drawn follows from the seed, and what is drawn for a word or
 * a class does not depend on the other words or classes. All sentences are there within a second; other rows take less.
 *
 * @see "Miller 1995, WordNet: A Lexical Database for English"
 */
public final class WordNetSource implements DatasetSource<WordNetSource.Params> {

    /** To be raised with every change of code that changes a row. */
    private static final int RECIPE = 3;

    /**
     * What to take from WordNet.
     *
     * @param what          what the rows are
     * @param partsOfSpeech those that are taken; all where it is not said
     * @param words         only rows of these words
     * @param perWord       at most so many rows a word
     * @param half          only rows of one half
     * @param classes       the classes of nouns; all where it is not said
     * @param label         only positives or only negatives of the classes
     * @param text          what stands for a noun of a class
     * @param relations     the relations; all where it is not said
     * @param sample        so many rows at most, drawn from all
     * @param seed          of what is drawn; that of the experiment where it is not said
     */
    public record Params(
            @Description("What the rows are.") @DefaultValue("examples")
            What what,

            @Description("Parts of speech to take; all by default. Of pairs, both words are of them.")
            Optional<@Size(min = 1) List<PartOfSpeech>> partsOfSpeech,

            @Description(
                    "Only sentences with one of these words, only their definitions, only these words, or only pairs of"
                            + " two of them.")
            Optional<@Size(min = 1) List<String>> words,

            @Description(
                    "At most so many sentences drawn for each of the words, or pairs of a relation with a word at one"
                            + " side.")
            Optional<@Min(1) Integer> perWord,

            @Description("Only rows of half 0 (to choose on) or of half 1 (to report on), by CRC-32 of word or synset.")
            Optional<@Min(0) @Max(1) Integer> half,

            @Description("Classes of nouns; all 33 by default.")
            Optional<@Size(min = 1) List<WordClass>> classes,

            @Description("Only nouns of the class (true), or only nouns outside of it (false).")
            Optional<Boolean> label,

            @Description("Whether definitions or lemmas are the texts of classes; definitions by default.")
            Optional<ClassText> text,

            @Description("Relations of pairs; all five by default.")
            Optional<@Size(min = 1) List<Relation>> relations,

            @Description("At most so many rows, drawn from all and kept in their order.")
            Optional<@Min(1) Integer> sample,

            @Description("Seed of what is drawn; that of the experiment by default.")
            Optional<Long> seed) {

        /** Returns all rows of a kind. */
        public static Params of(What what) {
            return new Params(
                    what,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private Map<Option, Optional<?>> options() {
            Map<Option, Optional<?>> options = new EnumMap<>(Option.class);
            options.put(Option.PARTS_OF_SPEECH, partsOfSpeech);
            options.put(Option.WORDS, words);
            options.put(Option.PER_WORD, perWord);
            options.put(Option.HALF, half);
            options.put(Option.CLASSES, classes);
            options.put(Option.LABEL, label);
            options.put(Option.TEXT, text);
            options.put(Option.RELATIONS, relations);
            return options;
        }
    }

    /** Called by the service loader. */
    public WordNetSource() {}

    @Override
    public String name() {
        return "wordnet";
    }

    @Override
    public String summary() {
        return "WordNet 3.1: example sentences, definitions, words with sense counts, noun classes, relation pairs.";
    }

    @Override
    public Class<Params> parameters() {
        return Params.class;
    }

    @Override
    public void check(Params params, Problems problems) {
        params.options().forEach((option, value) -> {
            if (value.isPresent() && !params.what().options().contains(option)) {
                problems.at(option.key())
                        .error(
                                ErrorCode.TOOL_INPUT,
                                option.key() + " does not go with what: "
                                        + params.what().id(),
                                "take it out, or choose another 'what'");
            }
        });
        if (params.what() == What.EXAMPLES
                && params.perWord().isPresent()
                && params.words().isEmpty()) {
            problems.at(Option.PER_WORD.key())
                    .error(ErrorCode.TOOL_INPUT, "per_word is given, but no words", "list the words");
        }
        if (params.what() != What.DEFINITIONS) {
            checkWords(params.words().orElse(List.of()), problems);
        }
    }

    private static void checkWords(List<String> words, Problems problems) {
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).matches("[a-z0-9]+")) {
                problems.at(Option.WORDS.key() + "[" + i + "]")
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "'" + words.get(i) + "' is not one word in lower case",
                                "write it with the letters a to z alone");
            }
        }
    }

    @Override
    public Dataset open(Params params, DataContext context) {
        WordNet wordNet = WordNet.open();
        long seed = params.seed().orElse(context.seed());
        SeededRandom random = SeededRandom.of(seed, name(), params.what().id());
        Rows rows = sampled(rows(wordNet, params, random), params.sample(), random.child("sample"));
        if (rows.size() == 0) {
            throw nothing(rows, context);
        }
        return new WordNetDataset(context.name(), rows, fingerprint(wordNet, params, seed));
    }

    private static Rows rows(WordNet wordNet, Params params, SeededRandom random) {
        Set<PartOfSpeech> pos = chosen(PartOfSpeech.class, params.partsOfSpeech());
        Optional<Set<String>> words = params.words().map(TreeSet::new);
        return switch (params.what()) {
            case EXAMPLES -> {
                ExampleRows examples = new ExampleRows(wordNet, pos);
                yield words.map(given -> examples.ofWords(given, params.perWord(), random))
                        .orElseGet(examples::all);
            }
            case DEFINITIONS -> {
                DefinitionRows definitions = new DefinitionRows(wordNet, pos, params.half());
                yield words.map(definitions::ofWords).orElseGet(definitions::all);
            }
            case WORDS -> {
                WordRows wordRows = new WordRows(wordNet, pos, params.half());
                yield words.map(wordRows::ofWords).orElseGet(wordRows::all);
            }
            case CLASSES ->
                new ClassRows(wordNet, params.text().orElse(ClassText.DEFINITION), random)
                        .of(chosen(WordClass.class, params.classes()), params.half(), params.label());
            case PAIRS -> {
                PlainWords plain = new PlainWords(wordNet);
                Collection<String> usable = words.map(plain::among).orElseGet(plain::all);
                yield new PairRows(wordNet, usable, pos)
                        .of(chosen(Relation.class, params.relations()), params.half(), params.perWord());
            }
        };
    }

    private static Rows sampled(Rows rows, Optional<Integer> sample, SeededRandom random) {
        if (sample.isEmpty() || sample.get() >= rows.size()) {
            return rows;
        }
        int[] numbers = random.sample(rows.size(), sample.get());
        Arrays.sort(numbers);
        return rows.only(numbers);
    }

    /** Returns the chosen constants in the order of their declaration, or all of them where nothing was chosen. */
    private static <E extends Enum<E>> Set<E> chosen(Class<E> type, Optional<List<E>> choice) {
        return choice.<Set<E>>map(EnumSet::copyOf).orElseGet(() -> EnumSet.allOf(type));
    }

    private static String fingerprint(WordNet wordNet, Params params, long seed) {
        String given = params.options().entrySet().stream()
                .filter(option -> option.getValue().isPresent())
                .map(option -> option.getKey().key() + '=' + option.getValue().get())
                .collect(Collectors.joining(";"));
        return String.join(
                ";",
                "wordnet=" + wordNet.version(),
                "recipe=" + RECIPE,
                "what=" + params.what().id(),
                given,
                "sample=" + params.sample().map(String::valueOf).orElse("all"),
                "seed=" + seed);
    }

    private static ArrakisException nothing(Rows rows, DataContext context) {
        String why = rows.remarks().isEmpty() ? "" : ": " + String.join(", ", rows.remarks());
        return new ArrakisException(
                ErrorCode.DATA_UNFIT,
                "data." + context.name(),
                "WordNet has no row for these parameters" + why,
                "ask for less narrow ones");
    }
}
