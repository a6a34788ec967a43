package io.arrakis.tools.kg;

import static io.arrakis.tools.kg.FeatureSets.both;
import static io.arrakis.tools.kg.FeatureSets.join;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Table;
import io.arrakis.api.stats.ConfusionMatrix;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The figures C3 and C4: which relation a pair stands in. */
final class TypeFigures {

    private static final int DRAWS = 5;

    private final EvaluationInputs inputs;
    private final PairFeatures heads;
    private final FeatureReader reader;
    private final String[] spelling;
    private final TypeClassifier types;
    private final int[] byScores;

    TypeFigures(EvaluationInputs inputs, PairFeatures heads, FeatureReader reader) {
        this.inputs = inputs;
        this.heads = heads;
        this.reader = reader;
        this.spelling = new String[inputs.words().places().size()];
        inputs.words().places().forEach((word, place) -> spelling[place] = word);
        this.types = classifier();
        this.byScores = types.predict(both(heads::logits));
    }

    private TypeClassifier classifier() {
        return new TypeClassifier(
                inputs.pairs().relations().size(),
                balanced(Half.SELECTION),
                balanced(Half.REPORT),
                inputs.context().random("types"));
    }

    private List<WordPair> balanced(Half half) {
        List<WordPair> chosen = new ArrayList<>();
        for (int relation = 0; relation < inputs.pairs().relations().size(); relation++) {
            List<WordPair> all = inputs.pairs().of(half, relation);
            int[] sample = inputs.context()
                    .random("types", inputs.pairs().relations().get(relation), half.name())
                    .sample(all.size(), Math.min(inputs.params().perType(), all.size()));
            Arrays.stream(sample).mapToObj(all::get).forEach(chosen::add);
        }
        return chosen;
    }

    /** Adds the figures; returns that of the scores alone. */
    Estimate measure() {
        Evaluation.Builder rows = inputs.rows();
        String figure = "macro_f1";
        Estimate logits = types.macroF1(byScores);
        rows.add("C3", figure, logits);
        rows.add("C3.majority", figure, types.majority());
        rows.add("C3.part_of_speech", figure, types.macroF1(partsOfSpeech()));
        rows.add("C3.random_maps", figure, Estimate.withoutInterval(randomMapsMacroF1()));
        rows.add("C3.plain_cosine", figure, types.macroF1(heads::plain));
        Function<WordPair, double[]> byHeads = join(both(heads::logits), both(heads::cosines));
        Function<WordPair, double[]> plain = join(heads::plain, this::spelling);
        rows.add("C4", figure, types.macroF1(join(byHeads, plain)));
        rows.add("C4.without_heads", figure, types.macroF1(plain));
        Function<WordPair, double[]> extended = join(plain, join(partsOfSpeech(), this::frequency));
        rows.add("C4.extended", figure, types.macroF1(join(byHeads, extended)));
        rows.add("C4.extended_without_heads", figure, types.macroF1(extended));
        return logits;
    }

    /** The mean over several draws of random maps: one draw is as far from another as the figure is wide. */
    private double randomMapsMacroF1() {
        double sum = 0;
        PairIndex pairs = PairIndex.of(types.pairs());
        for (int draw = 0; draw < DRAWS; draw++) {
            SeededRandom maps =
                    inputs.context().random("random maps").child("types").child(draw);
            PairFeatures features = reader.scoresOfMaps(pairs, maps);
            sum += types.macroF1(types.predict(both(features::logits))).value();
        }
        return sum / DRAWS;
    }

    /** How the words begin and end alike: letters, and their share of the shorter word. */
    private double[] spelling(WordPair pair) {
        String head = spelling[pair.head()];
        String tail = spelling[pair.tail()];
        int shorter = Math.min(head.length(), tail.length());
        int begin = 0;
        while (begin < shorter && head.charAt(begin) == tail.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter && head.charAt(head.length() - 1 - end) == tail.charAt(tail.length() - 1 - end)) {
            end++;
        }
        return new double[] {begin, (double) begin / shorter, head.length() - tail.length(), end};
    }

    /** Which parts of speech the words stand in, one for each combination that occurs. */
    private Function<WordPair, double[]> partsOfSpeech() {
        Map<String, Integer> combinations = new TreeMap<>();
        inputs.pairs().pairs().forEach(pair -> combinations.putIfAbsent(combination(pair), combinations.size()));
        return pair -> {
            double[] flags = new double[combinations.size()];
            flags[combinations.get(combination(pair))] = 1;
            return flags;
        };
    }

    /** What stands behind the name of the relation, which may have spaces of its own. */
    private String combination(WordPair pair) {
        return pair.stratum()
                .substring(inputs.pairs().relations().get(pair.relation()).length());
    }

    /** How rare both words are, by the order of the vocabulary, and how much rarer the first. */
    private double[] frequency(WordPair pair) {
        double head = inputs.words().rarity(pair.head());
        double tail = inputs.words().rarity(pair.tail());
        return new double[] {head, tail, head - tail};
    }

    /** Returns which relation is taken for which by the scores alone. */
    Table confusion() {
        ConfusionMatrix matrix = types.confusion(byScores);
        Table.Builder table = Table.builder().text("relation", "What the pair is.");
        inputs.pairs().relations().forEach(name -> table.integer("taken_for_" + name, ""));
        for (int truth = 0; truth < inputs.pairs().relations().size(); truth++) {
            List<Object> cells =
                    new ArrayList<>(List.of(inputs.pairs().relations().get(truth)));
            for (int predicted = 0; predicted < inputs.pairs().relations().size(); predicted++) {
                cells.add(matrix.count(truth, predicted));
            }
            table.row(cells.toArray());
        }
        return table.build();
    }
}
