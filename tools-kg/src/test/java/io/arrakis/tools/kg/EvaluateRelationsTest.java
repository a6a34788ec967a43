package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.result.Evaluation;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Halves;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One relation that a head carries, and one that nothing carries, through an experiment file. */
class EvaluateRelationsTest {

    private static final int EACH_HALF = 30;

    @TempDir
    private Path directory;

    /** Words of both halves, first all heads of a half, then their tails. */
    private static List<String> words(Half half) {
        List<String> words = new ArrayList<>();
        for (int i = 0; words.size() < 2 * EACH_HALF; i++) {
            String word = "w" + (char) ('a' + i / 676) + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26);
            if (Halves.of(word) == half) {
                words.add(word);
            }
        }
        return words;
    }

    private static TinyModel planted() {
        List<String> all = new ArrayList<>(words(Half.SELECTION));
        all.addAll(words(Half.REPORT));
        PlantedPairs planted = new PlantedPairs(all);
        SplittableRandom random = new SplittableRandom(11);
        for (Half half : Half.values()) {
            List<String> words = words(half);
            for (int pair = 0; pair < EACH_HALF; pair++) {
                planted.relate(
                        words.get(pair),
                        words.get(EACH_HALF + pair),
                        () -> (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble()));
            }
        }
        return planted.model();
    }

    private static String pairs(int most) {
        StringBuilder csv = new StringBuilder("text,head,tail,relation\n");
        for (Half half : Half.values()) {
            List<String> words = words(half);
            for (int pair = 0; pair < most; pair++) {
                String head = words.get(pair);
                csv.append(",%s,%s,planted\n".formatted(head, words.get(EACH_HALF + pair)));
                csv.append(",%s,%s,none\n".formatted(head, words.get((pair + 7) % EACH_HALF)));
            }
        }
        return csv.toString();
    }

    private Outcome run(String pairs, String with) throws IOException {
        Files.writeString(directory.resolve("pairs.csv"), pairs);
        StringBuilder words = new StringBuilder("text\n");
        for (Half half : Half.values()) {
            words(half).forEach(word -> words.append(word).append('\n'));
        }
        Files.writeString(directory.resolve("words.csv"), words);
        return TestExperiment.in(directory).model("tiny", planted()).run("""
                name: relations
                seed: 7
                model: tiny
                data:
                  pairs: {source: csv, path: %s}
                  words: {source: csv, path: %s}
                steps:
                  relations:
                    use: kg_extractor.evaluate_relations
                    with: {pairs: "${data.pairs}", words: "${data.words}", top_k: 12, %s}
                """.formatted(
                        directory.resolve("pairs.csv"), directory.resolve("words.csv"), with));
    }

    @Test
    void findsTheRelationThatAHeadCarriesAndNotTheOther() throws IOException {
        Outcome outcome = run(pairs(EACH_HALF), "required: {C1.planted: 0.9, C1.plantd: 0.9}");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationEvaluation evaluation = outcome.result("relations", RelationEvaluation.class);
        assertThat(value(evaluation, "C1", "planted")).isGreaterThan(0.95);
        assertThat(value(evaluation, "C1", "none")).isBetween(0.25, 0.75);
        assertThat(value(evaluation, "C1.random_maps", "planted")).isBetween(0.2, 0.8);
        assertThat(value(evaluation, "C2", "planted")).isBetween(0.2, 0.8);
        assertThat(value(evaluation, "C6.heads", "planted")).isGreaterThan(0.9);
        assertThat(value(evaluation, "C6", "none")).isBetween(0.2, 0.8);
        assertThat(value(evaluation, "C6.matched.plain_cosine", "planted")).isBetween(0.35, 0.65);
        assertThat(value(evaluation, "direction", "planted")).isGreaterThan(0.9);
        assertThat(value(evaluation, "direction", "none")).isBetween(0.2, 0.8);
        assertThat(value(evaluation, "C3", "macro_f1")).isGreaterThan(0.85);
        assertThat(value(evaluation, "C3.majority", "macro_f1")).isLessThan(0.4);
        assertThat(value(evaluation, "C5", "false_positive_rate")).isBetween(0.0, 0.3);
        assertThat(evaluation.evaluation().rows())
                .filteredOn(row -> row.id().equals("C1") && row.figure().equals("planted"))
                .singleElement()
                .satisfies(row -> assertThat(row.required()).isEqualTo(0.9));
        assertThat(evaluation.sentence()).contains("of the second word alone");
        assertThat(evaluation.warnings())
                .contains(
                        "required has 'C1.plantd', but there is no such figure: the name is wrong, or these data do not give it");
    }

    /** Three words of ours are unknown, one pair stands in both halves, and nothing reaches what is asked of it. */
    @Test
    void saysWhichPairsAreNotUsedAndWhatIsNotReached() throws IOException {
        String across = ",%s,%s,planted\n"
                .formatted(words(Half.SELECTION).get(0), words(Half.REPORT).get(0));
        String more = pairs(EACH_HALF) + ",elephant,waaa,none\n".repeat(3) + across;
        List<String> warnings = run(more, "per_half: 29, required: {C1.none: 1.5, C1.planted: 0.5}")
                .result("relations", RelationEvaluation.class)
                .warnings();
        assertThat(warnings)
                .contains("8 of 124 pairs are not used: 3 have a word that is not among the words or not one token,"
                        + " 1 have words of different halves, 4 go beyond per_half")
                .anySatisfy(said -> assertThat(said).matches("C1.none is 0\\.\\d+, below the 1.5 that is required"))
                .noneSatisfy(said -> assertThat(said).contains("C1.planted"));
    }

    /** A baseline that knows no more than parts of speech, of which nothing is known here, must not read the name of the relation. */
    @Test
    void saysNothingOfTheRelationByItsName() throws IOException {
        String named = pairs(EACH_HALF).replace(",planted\n", ",is planted\n").replace(",none\n", ",is none\n");
        RelationEvaluation evaluation = run(named, "few_components: 3").result("relations", RelationEvaluation.class);
        assertThat(value(evaluation, "C3.part_of_speech", "macro_f1")).isLessThan(0.6);
        assertThat(value(evaluation, "C4.extended", "macro_f1"))
                .isGreaterThan(value(evaluation, "C4.extended_without_heads", "macro_f1") + 0.2);
    }

    private static double value(RelationEvaluation evaluation, String id, String figure) {
        return evaluation.evaluation().rows().stream()
                .filter(row -> row.id().equals(id) && row.figure().equals(figure))
                .map(Evaluation.Row::value)
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void refusesPairsThatAreTooFew() throws IOException {
        for (Map.Entry<String, String> wrong : Map.of(
                        "text,head,tail,relation\n",
                        "there are no rows in the file",
                        pairs(EACH_HALF).replaceAll("(?m)^.*,none\n", ""),
                        "all usable pairs are of one relation, 'planted'",
                        pairs(5),
                        "has 5 usable pairs in one half of the words",
                        "text,head,tail,relation\n,elephant,waab,planted\n",
                        "no pair is usable",
                        "text,head,tail\n,waaa,waab\n",
                        "has no field 'relation'")
                .entrySet()) {
            Outcome outcome = run(wrong.getKey(), "few_components: 3");
            assertThat(outcome.status()).isIn(Status.INVALID, Status.FAILED);
            assertThat(outcome.problems())
                    .anySatisfy(problem -> assertThat(problem.toString()).contains(wrong.getValue()));
        }
    }

    @Test
    void refusesAThresholdThatIsNoCosine() throws IOException {
        assertThat(run(pairs(EACH_HALF), "few_components: 3, threshold: 7").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("a cosine lies between -1 and 1"));
    }

    @Test
    void refusesMoreComponentsThanThereAre() throws IOException {
        assertThat(run(pairs(EACH_HALF), "few_components: 13").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("few_components is above top_k"));
    }
}
