package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Table;
import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Relations planted in the weights of a tiny model, found through an experiment file. */
class RelationExperimentTest {

    private static final int PAIRS = 24;

    @TempDir
    private Path directory;

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            words.add("head" + (char) ('a' + i));
            words.add("tail" + (char) ('a' + i));
        }
        return words.stream().map(w -> w.replaceAll("[^a-z]", "")).toList();
    }

    private static TinyModel planted() {
        PlantedPairs planted = new PlantedPairs(words());
        SplittableRandom random = new SplittableRandom(11);
        for (int pair = 0; pair < PAIRS; pair++) {
            planted.relate(
                    words().get(2 * pair),
                    words().get(2 * pair + 1),
                    () -> (random.nextDouble() < 0.5 ? -1 : 1) * (0.5 + random.nextDouble()));
        }
        return planted.model();
    }

    private Outcome run(String steps) {
        return TestExperiment.in(directory).model("tiny", planted()).run("""
                name: relations
                seed: 7
                model: tiny
                steps:
                """ + steps.indent(2));
    }

    private static final String SUBSPACES = """
            subspaces:
              use: kg_extractor.extract_relational_subspaces
              with: {layer_idx: 0, top_k: 12}
            """;

    private static String tokens() {
        return "[" + String.join(", ", words()) + "]";
    }

    @Test
    void findsThePairsThatWerePlanted() {
        Outcome outcome = run(SUBSPACES + """
                relations:
                  use: kg_extractor.identify_relation_types
                  with:
                    token_ids: %s
                    subspaces: ${steps.subspaces}
                    threshold: {false_positive_rate: 0.05}
                graph:
                  use: kg_extractor.build_knowledge_graph
                  with: {relations: "${steps.relations}", false_discovery_rate: 0.5}
                projected:
                  use: kg_extractor.project_token_embeddings
                  with:
                    token_ids: %s
                    subspaces: ${steps.subspaces}
                """.formatted(tokens(), tokens()));
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationalSubspaces subspaces = outcome.result("subspaces", RelationalSubspaces.class);
        assertThat(subspaces.proofError()).isLessThan(ScoreProof.TOLERANCE);
        assertThat(subspaces.warnings()).isEmpty();
        RelationTypes relations = outcome.result("relations", RelationTypes.class);
        assertThat(relations.falsePositiveRate()).isLessThan(0.1);
        long found = relations.graph().edges().stream()
                .filter(edge -> edge.type().equals("L0H0") && isPlanted(edge, relations.graph()))
                .count();
        assertThat(found).isEqualTo(PAIRS);
        assertThat(relations.types().rows().get(0).get(relations.types().column("leading_queries")))
                .asString()
                .matches("head.(, head.){4}");
        assertThat(relations.types().rows().get(0).get(relations.types().column("leading_keys")))
                .asString()
                .matches("tail.(, tail.){4}");
        assertCategoriesOfThePlantedHead(relations.categories());
        assertThat(relations.pairs().cells("component"))
                .hasSameSizeAs(relations.graph().edges())
                .isEqualTo(relations.graph().edges().stream()
                        .map(edge -> edge.attributes().get("component"))
                        .toList())
                .contains(0L, 11L)
                .doesNotContain(12L);
        KnowledgeGraph graph = outcome.result("graph", KnowledgeGraph.class);
        assertThat(graph.graph().edges()).hasSize(graph.edges());
        assertThat(graph.tokens().rows()).hasSize(graph.nodes());
        TokenProjections projected = outcome.result("projected", TokenProjections.class);
        assertThat(projected.query().shape()).containsExactly(4, 2 * PAIRS, 12);
    }

    private Outcome listed(String csv) throws IOException {
        Path file = Files.writeString(directory.resolve("pairs.csv"), csv);
        return TestExperiment.in(directory)
                .model("tiny", planted())
                .run("""
                name: listed
                seed: 7
                model: tiny
                data:
                  pairs: {source: csv, path: %s}
                steps:
                """.formatted(file) + (SUBSPACES + """
                relations:
                  use: kg_extractor.identify_relation_types
                  with: {token_ids: %s, subspaces: "${steps.subspaces}", pairs: "${data.pairs}", threshold: -1}
                """.formatted(tokens())).indent(2));
    }

    @Test
    void looksAtThePairsOfAListAndNoOther() throws IOException {
        Outcome outcome = listed("head,tail\nheada,taila\nheada,tailb\nheada,taila\nheadc,headc\nheadc,elephant\n");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationTypes relations = outcome.result("relations", RelationTypes.class);
        assertThat(relations.tried()).isEqualTo(2);
        assertThat(relations.pairs().rows()).hasSize(2 * 4);
        assertThat(relations.pairs().cells("key").subList(0, 2)).containsExactly("taila", "tailb");
        assertThat((Double) relations.pairs().cells("similarity").get(0))
                .isGreaterThan((Double) relations.pairs().cells("similarity").get(1));
        assertThat(relations.relatedShare()).isEqualTo(1);
        assertThat(relations.warnings())
                .contains("2 listed pairs do not have two different words of the tokens and were left out");
    }

    @Test
    void refusesAListWithoutUsablePairs() throws IOException {
        assertThat(listed("head,tail\nheada,elephant\n").problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("DATA-UNFIT")
                        .contains("none of the 1 pairs has two different words that are among the tokens"));
        assertThat(listed("head,tail\n").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("there are no rows in the file"));
        assertThat(listed("head,end\nheada,taila\n").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("has no field 'tail'"));
    }

    /** Both words of a pair have the same code, so the same pairs lead both sides of each component, on either end. */
    private static void assertCategoriesOfThePlantedHead(Table categories) {
        assertThat(categories.rows()).hasSize(4 * 12);
        List<List<Object>> planted = categories.rows().subList(0, 12);
        int share = categories.column("similarity_share");
        assertThat(planted.stream().mapToDouble(row -> (Double) row.get(share)).sum())
                .isCloseTo(1, within(1e-4));
        for (List<Object> row : planted) {
            for (String end : List.of("up", "down")) {
                String queries = (String) row.get(categories.column("queries_" + end));
                assertThat(queries).matches("head.(, head.){4}");
                assertThat(row.get(categories.column("keys_" + end))).isEqualTo(queries.replace("head", "tail"));
            }
        }
    }

    private static boolean isPlanted(Graph.Edge edge, Graph graph) {
        String from = label(edge.from(), graph);
        return from.startsWith("head") && label(edge.to(), graph).equals(from.replace("head", "tail"));
    }

    private static String label(String id, Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow()
                .label();
    }

    @Test
    void holdsTheComponentsAgainstAForwardPass() {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: all, top_k: 2, check: true}
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationalSubspaces subspaces = outcome.result("subspaces", RelationalSubspaces.class);
        assertThat(subspaces.check()).hasValueSatisfying(check -> {
            assertThat(check.scores()).isPositive().isLessThan(ScoreCheck.TOLERANCE);
            assertThat(check.pattern()).isPositive().isLessThan(ScoreCheck.TOLERANCE);
        });
        assertThat(subspaces.warnings()).isEmpty();
    }

    @Test
    void describesDirectionsAndFindsWhatExplainsScores() {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: [0, 1], top_k: 2, ov: true, describe: true, explain_share: 0.7}
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationalSubspaces subspaces = outcome.result("subspaces", RelationalSubspaces.class);
        List<List<Object>> directions = subspaces.directions().orElseThrow().rows();
        assertThat(directions).hasSize(2 * 4 * 2 * 2).allSatisfy(row -> {
            double sum = 0;
            for (int part = 4; part < 8; part++) {
                assertThat((Double) row.get(part)).isBetween(0.0, 1.0);
                sum += (Double) row.get(part);
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(((String) row.get(8)).split(" \\| ")).hasSize(6);
        });
        assertThat(subspaces.explaining().orElseThrow().rows()).hasSize(8).allSatisfy(row -> {
            assertThat((Long) row.get(2)).isBetween(1L, 16L);
            assertThat((Double) row.get(3)).isBetween(0.7, 1.0);
            assertThat(((String) row.get(5)).split(" ")).hasSize(((Long) row.get(2)).intValue());
        });
        OvSubspaces ov = subspaces.ov().orElseThrow();
        assertThat(ov.proofError()).isLessThan(ScoreProof.TOLERANCE);
        assertThat(ov.read().shape()).containsExactly(8, 2, PlantedPairs.D_MODEL + 1);
        assertThat(ov.write().shape()).containsExactly(8, 2, PlantedPairs.D_MODEL);
        assertThat(subspaces.warnings()).isEmpty();
    }

    @Test
    void describesWithTextsOfTheUser() {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 0, top_k: 1, describe: true, contexts: [heada taila headb, tailb heada]}
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("subspaces", RelationalSubspaces.class)
                        .directions()
                        .orElseThrow()
                        .rows())
                .anySatisfy(row -> assertThat(row.get(10).toString()).contains("heada [taila] headb"));
    }

    @Test
    void comparesSubspaces() {
        Outcome outcome = run(SUBSPACES + """
                others:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: all, top_k: 12}
                among:
                  use: kg_extractor.compare_subspaces
                  with: {subspaces: "${steps.subspaces}"}
                across:
                  use: kg_extractor.compare_subspaces
                  with: {subspaces: "${steps.subspaces}", other: "${steps.others}"}
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        SubspaceComparison among = outcome.result("among", SubspaceComparison.class);
        assertThat(among.heads().rows()).hasSize(6);
        assertThat(among.byChance()).isCloseTo(12.0 / (PlantedPairs.D_MODEL + 1), within(1e-12));
        SubspaceComparison across = outcome.result("across", SubspaceComparison.class);
        assertThat(across.heads().rows()).hasSize(4 * 8);
        assertThat(across.warnings()).isEmpty();
        assertThat(across.heads().rows())
                .filteredOn(row -> row.get(0).equals(row.get(1)))
                .hasSize(4)
                .allSatisfy(row -> assertThat((Double) row.get(2)).isCloseTo(1, within(1e-5)));
    }

    @Test
    void refusesToCompareSubspacesOfDifferentWidths() {
        refused(SUBSPACES + """
                bare:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 0, biases: false}
                across:
                  use: kg_extractor.compare_subspaces
                  with: {subspaces: "${steps.subspaces}", other: "${steps.bare}"}
                """, "TOOL-INPUT", "its directions have 64 coordinates, those of the first step 65");
    }

    /** A model that was trained on: one head of it has changed, the others are as they were. */
    @Test
    void comparesWithAModelOfAnotherRun() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        SplittableRandom random = new SplittableRandom(3);
        AtomicInteger at = new AtomicInteger();
        int ofTheFirstHead = PlantedPairs.D_MODEL * PlantedPairs.D_MODEL / 4;
        TinyModel changed = planted()
                .set(
                        "bert.encoder.layer.0.attention.self.query.weight",
                        value -> at.getAndIncrement() < ofTheFirstHead ? (float) random.nextGaussian() : value);
        Outcome before = TestExperiment.in(other).model("trained_on", changed).run("""
                name: before
                seed: 7
                model: trained_on
                steps:
                """ + SUBSPACES.indent(2));
        assertThat(before.status()).as(before.problems().toString()).isEqualTo(Status.FINISHED);
        Outcome outcome = run(SUBSPACES
                + """
                across:
                  use: kg_extractor.compare_subspaces
                  with: {subspaces: "${steps.subspaces}", saved: "%s"}
                """.formatted(
                        before.directory().orElseThrow().resolve("results").resolve("subspaces")));
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("across", SubspaceComparison.class).warnings())
                .singleElement()
                .asString()
                .contains("'tiny'", "'trained_on'", "only where one was made from the other");
        Map<Object, Double> own = outcome.result("across", SubspaceComparison.class).heads().rows().stream()
                .filter(row -> row.get(0).equals(row.get(1)))
                .collect(Collectors.toMap(row -> row.get(0), row -> (Double) row.get(2)));
        assertThat(own.remove("L0H0")).isLessThan(0.6);
        assertThat(own).hasSize(3).allSatisfy((head, overlap) -> assertThat(overlap)
                .isCloseTo(1, within(1e-5)));
    }

    @Test
    void refusesSavedSubspacesThatAreNone() throws IOException {
        String step = """
                across:
                  use: kg_extractor.compare_subspaces
                  with: {subspaces: "${steps.subspaces}", %s}
                """;
        refused(SUBSPACES + step.formatted("saved: nowhere"), "FILE-MISSING", "which is not there");
        refused(
                SUBSPACES + step.formatted("saved: ."),
                "DATA-UNFIT",
                "this folder has no result of that kind: there is no result.json in it");
        refused(
                SUBSPACES + step.formatted("saved: ., other: \"${steps.subspaces}\""),
                "TOOL-INPUT",
                "leave out other, or saved");
    }

    /** With all components, biases and scale, the similarity is the attention score. */
    @Test
    void logitsAreTheScoresOfTheModel() {
        TinyModel model = planted();
        for (String part : List.of("query", "key")) {
            model.set("bert.encoder.layer.0.attention.self." + part + ".bias", value -> value + 0.3f);
        }
        Outcome outcome = TestExperiment.in(directory).model("tiny", model).run("""
                name: logits
                seed: 7
                model: tiny
                steps:
                  subspaces:
                    use: kg_extractor.extract_relational_subspaces
                    with: {layer_idx: 0, top_k: 16}
                """);
        RelationalSubspaces subspaces = outcome.result("subspaces", RelationalSubspaces.class);
        HeapMatrix rows = HeapMatrix.zeros(5, PlantedPairs.D_MODEL);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < rows.values().length; i++) {
            rows.values()[i] = (float) random.nextDouble() - 0.5f;
        }
        try (HookedModel opened = OpenedModel.in(model.write(directory.resolve("opened")))) {
            BlockAttention attention = BlockAttention.read(
                    new BlockWeights(opened.weights(), opened.description().architecture(), 0));
            QueriesAndKeys direct = QueriesAndKeys.of(rows, attention, Distance.at(0, 1), PlantedHead.KERNELS);
            Coordinates coordinates = Coordinates.withBiases(rows, subspaces, 0, PlantedHead.KERNELS);
            for (int head = 0; head < 4; head++) {
                PairSpace space = PairSpace.of(coordinates, subspaces, head, PairScore.LOGIT);
                for (int i = 0; i < 25; i++) {
                    double wanted = direct.product(i / 5, head, i % 5, head, 16);
                    assertThat(space.similarity(i / 5, i % 5)).isCloseTo(wanted, within(1e-4 * (1 + Math.abs(wanted))));
                }
            }
        }
    }

    @Test
    void refusesToCallComponentsWithoutBiasesTheScore() {
        String steps = """
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 0, top_k: 3, biases: false}
                relations:
                  use: kg_extractor.identify_relation_types
                  with: {token_ids: [heada, taila], subspaces: "${steps.subspaces}", score: logit}
                """;
        refused(steps, "TOOL-INPUT", "the step 'subspaces' left out the biases");
        assertThat(run(steps.replace("logit", "bilinear")).status()).isEqualTo(Status.FINISHED);
    }

    /** With one component all cosines are 1 or -1, and centred ones lie beyond. */
    @Test
    void theLowestThresholdLeavesNoPairOut() {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 0, top_k: 1}
                relations:
                  use: kg_extractor.identify_relation_types
                  with: {token_ids: %s, subspaces: "${steps.subspaces}", threshold: -1, most_per_token: 100}
                """.formatted(tokens()));
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationTypes relations = outcome.result("relations", RelationTypes.class);
        assertThat(relations.pairs().cells("similarity"))
                .hasSize(4 * 2 * PAIRS * (2 * PAIRS - 1))
                .anySatisfy(similarity -> assertThat((Double) similarity).isLessThan(-1));
        assertThat(relations.falsePositiveRate()).isEqualTo(1);
    }

    @Test
    void relatesByAttentionScores() {
        Outcome outcome = run(SUBSPACES + """
                relations:
                  use: kg_extractor.identify_relation_types
                  with:
                    token_ids: %s
                    subspaces: ${steps.subspaces}
                    score: logit
                    double_centre: false
                    threshold: {false_positive_rate: 0.05}
                """.formatted(tokens()));
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("relations", RelationTypes.class).related()).isPositive();
    }

    private Outcome sentences(String csv, String with) throws IOException {
        Files.writeString(directory.resolve("sentences.csv"), csv);
        return TestExperiment.in(directory).model("tiny", planted()).run("""
                name: sentences
                seed: 7
                model: tiny
                data:
                  sentences: {source: csv, path: %s}
                steps:
                  related:
                    use: kg_extractor.relate_in_sentences
                    with: {sentences: "${data.sentences}", %s}
                """.formatted(
                        directory.resolve("sentences.csv"), with));
    }

    @Test
    void findsPlantedRelationsInsideSentences() throws IOException {
        StringBuilder csv = new StringBuilder("text,head,tail\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int pair = 0; pair < PAIRS; pair++) {
            List<String> sentence = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sentence.add(words().get(random.nextInt(2 * PAIRS)));
            }
            String head = words().get(2 * pair);
            String tail = words().get(2 * pair + 1);
            sentence.removeIf(word -> word.equals(head) || word.equals(tail));
            sentence.add(random.nextInt(sentence.size() + 1), head);
            sentence.add(random.nextInt(sentence.size() + 1), tail);
            csv.append(String.join(" ", sentence))
                    .append(',')
                    .append(head)
                    .append(',')
                    .append(tail)
                    .append('\n');
        }
        Outcome outcome = sentences(csv + "heada headb,heada,tailz\n", "layer_idx: all");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        SentenceRelations related = outcome.result("related", SentenceRelations.class);
        assertThat(related.sentences()).isEqualTo(PAIRS);
        assertThat(related.leftOut()).isEqualTo(1);
        assertThat(related.warnings()).singleElement().asString().startsWith("1 texts do not have both words");
        assertThat(related.head()).isEqualTo("L0H0 head to tail");
        assertThat(related.best().value()).isGreaterThan(0.95);
        assertThat(related.heads().rows()).hasSize(16).first().satisfies(row -> {
            assertThat(row.subList(0, 5)).containsExactly("L0H0", 0L, 0L, "head to tail", (long) PAIRS);
            assertThat((Double) row.get(5)).isGreaterThan(0.95);
            assertThat((Double) row.get(6)).isBetween(0.2, 0.8);
            assertThat((Double) row.get(8)).isLessThan(0.05);
        });
    }

    @Test
    void choosesNoHeadFromAFewSentences() throws IOException {
        SentenceRelations related =
                related("heada headc taila tailc headd,heada,taila\nheadb tailb headc headd,headb,tailb\n");
        assertThat(related.head()).isEmpty();
        assertThat(related.best().value()).isNaN();
        assertThat(related.heads().rows()).hasSize(8);
        assertThat(related.warnings())
                .singleElement()
                .asString()
                .matches("no head is chosen: that takes 8 pairs in each half of the words, and there are at most"
                        + " \\d and \\d; the first word of a pair decides its half");
    }

    @Test
    void saysWhatWasNotMeasured() throws IOException {
        SentenceRelations nothing = related("heada taila,heada,taila\n");
        assertThat(nothing.heads().rows()).isEmpty();
        assertThat(nothing.warnings())
                .containsExactly("no query sees its key and another token besides, so that there is nothing to rank");
        SentenceRelations withoutControl = related("heada headb taila,heada,taila\n");
        assertThat(withoutControl.heads().rows()).hasSize(8).allSatisfy(row -> {
            assertThat((Double) row.get(5)).isNotNaN();
            assertThat(row.subList(6, 9)).containsOnly(Double.NaN);
        });
        assertThat(withoutControl.warnings()).anySatisfy(said -> assertThat(said)
                .startsWith("8 of 8 heads and directions have no sentence with two other tokens as far apart"));
    }

    private SentenceRelations related(String rows) throws IOException {
        Outcome outcome = sentences("text,head,tail\n" + rows, "layer_idx: 0");
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        return outcome.result("related", SentenceRelations.class);
    }

    @Test
    void refusesSentencesWithoutTheirWords() throws IOException {
        assertThat(sentences("text,head\nheada taila,heada\n", "layer_idx: 0").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("has no field 'tail'"));
        assertThat(sentences("text,head,tail\nheada taila,headb,tailb\n", "layer_idx: 0")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("no text has both words of its pair"));
        assertThat(sentences("text,head,tail\nheada taila,heada,taila\n", "layer_idx: 7")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("layer_idx 7"));
    }

    @Test
    void takesIdsAndEmbeddingsAndSeveralBlocks() {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: all, top_k: 3}
                relations:
                  use: kg_extractor.identify_relation_types
                  with:
                    token_ids: [5, 6, 7, 8]
                    subspaces: ${steps.subspaces}
                    source: embedding
                    score: bilinear
                    threshold: 2
                """);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        RelationTypes relations = outcome.result("relations", RelationTypes.class);
        assertThat(relations.types().rows()).hasSize(8);
        assertThat(relations.graph().nodes()).extracting(Graph.Node::label).startsWith("heada", "taila");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            layer_idx: 2, top_k: 3          | SPEC-RANGE  | 0 to 1
            layer_idx: 0, top_k: 17         | SPEC-RANGE  | top_k 17, but a head of model
            layer_idx: 0, top_k: 0          | SPEC-RANGE  | top_k
            layer_idx: [], top_k: 3         | SPEC-RANGE  | layer_idx has 0 entries
            layer_idx: first, top_k: 3      | SPEC-TYPE   | layer_idx
            layer_idx: 0, topk: 3           | SPEC-UNKNOWN-KEY | top_k
            layer_idx: 0, text_length: 0    | SPEC-RANGE  | text_length
            layer_idx: 0, relative_position: far                   | SPEC-TYPE  | relative_position
            layer_idx: 0, relative_position: {from: 3, to: 1}      | SPEC-RANGE | ends before it begins
            layer_idx: 0, relative_position: {from: 0, to: 90000}  | SPEC-RANGE | at most 4096 distances
            layer_idx: 0, relative_position: 5                     | TOOL-INPUT | relative_position changes nothing
            layer_idx: all, relative_position: {from: 0, to: 3}    | TOOL-INPUT | have no rotary positions
            layer_idx: 0, text_length: 500                         | TOOL-INPUT | text_length changes nothing
            layer_idx: 0, check: true, biases: false               | TOOL-INPUT | biases: true
            layer_idx: 0, contexts: [a text]                       | TOOL-INPUT | nothing reads the contexts
            layer_idx: 0, explain_share: 1.5                       | SPEC-RANGE | explain_share 1.5 is no share
            """)
    void refusesSubspacesThatCannotBe(String with, String code, String said) {
        refused("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {%s}
                """.formatted(with), code, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            token_ids: [heada]                                  | TOOL-INPUT  | give at least two
            token_ids: []                                       | TOOL-INPUT  | give at least two
            token_ids: [5, 5]                                   | TOOL-INPUT  | there is one token only
            token_ids: [5, 6], reference: []                    | TOOL-INPUT  | there are no tokens; give at least two different
            token_ids: [heada, taila], reference: [heada, heada] | TOOL-INPUT | there is one token only
            token_ids: [heada, elephant]                        | TOOL-INPUT  | 'elephant' is not in the vocabulary
            token_ids: [heada, taila headb]                     | TOOL-INPUT  | 'taila headb' is no single token
            token_ids: [5, 4000]                                | TOOL-INPUT  | there is no token 4000
            token_ids: [5, -1]                                  | TOOL-INPUT  | there is no token -1
            token_ids: [heada, taila], threshold: 1.5           | SPEC-RANGE  | a cosine lies between -1 and 1
            token_ids: [heada, taila], threshold: -7            | SPEC-RANGE  | a cosine lies between -1 and 1
            token_ids: [heada, taila], threshold: {false_positive_rate: 2} | SPEC-RANGE | false_positive_rate
            token_ids: [heada, taila], source: word             | SPEC-CHOICE | 'word' is no source of vectors
            token_ids: [heada, taila], source: "hook:blocks.0.hook_resid_prf" | UNKNOWN-HOOK | there is no such hook point
            token_ids: [heada, taila], source: "hook:blocks.9.hook_resid_pre" | UNKNOWN-HOOK | no hook point
            token_ids: [heada, taila], source: "hook:blocks.0.mlp.hook_post"  | TOOL-INPUT | not the residual stream
            token_ids: [heada, taila], source: "hook:blocks.1.hook_resid_post" | TOOL-INPUT | 'blocks.1.hook_resid_post' is of another block
            token_ids: [heada, taila], most_per_token: 0        | SPEC-RANGE  | most_per_token
            """)
    void refusesTokensThatCannotBe(String with, String code, String said) {
        refused(SUBSPACES + """
                relations:
                  use: kg_extractor.identify_relation_types
                  with: {subspaces: "${steps.subspaces}", %s}
                """.formatted(with), code, said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocks.1.hook_resid_pre", "blocks.0.hook_resid_post"})
    void readsWhatTheBlockReadsByBothOfItsNames(String hook) {
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 1, top_k: 3}
                projected:
                  use: kg_extractor.project_token_embeddings
                  with: {subspaces: "${steps.subspaces}", token_ids: [heada, taila], source: "hook:%s"}
                alone:
                  use: kg_extractor.project_token_embeddings
                  with: {subspaces: "${steps.subspaces}", token_ids: [heada, taila]}
                """.formatted(hook));
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(outcome.result("projected", TokenProjections.class).query().values())
                .isEqualTo(
                        outcome.result("alone", TokenProjections.class).query().values());
    }

    @Test
    void readsOtherVectorsAtOtherPointsOfTheBlock() {
        String sources = Stream.of("word_alone", "embedding", "hook_embed", "resid_pre", "resid_mid", "resid_post")
                .map("""
                        %1$s:
                          use: kg_extractor.project_token_embeddings
                          with: {subspaces: "${steps.subspaces}", token_ids: [heada, taila], source: "%1$s"}
                        """::formatted)
                .collect(Collectors.joining())
                .replace("source: \"resid", "source: \"hook:blocks.1.hook_resid")
                .replace("source: \"hook_embed", "source: \"hook:hook_embed");
        Outcome outcome = run("""
                subspaces:
                  use: kg_extractor.extract_relational_subspaces
                  with: {layer_idx: 1, top_k: 3}
                """ + sources);
        assertThat(outcome.status()).as(outcome.problems().toString()).isEqualTo(Status.FINISHED);
        assertThat(Stream.of("word_alone", "embedding", "resid_mid", "resid_post")
                        .map(step -> queries(outcome, step)))
                .doesNotHaveDuplicates();
        assertThat(queries(outcome, "resid_pre")).isEqualTo(queries(outcome, "word_alone"));
        assertThat(queries(outcome, "hook_embed")).isEqualTo(queries(outcome, "embedding"));
    }

    private static FloatBuffer queries(Outcome outcome, String step) {
        return FloatBuffer.wrap(
                outcome.result(step, TokenProjections.class).query().values());
    }

    @Test
    void refusesAStepThatFindsNoSubspaces() {
        refused(SUBSPACES + """
                one:
                  use: kg_extractor.project_token_embeddings
                  with: {subspaces: "${steps.subspaces}", token_ids: [heada, taila]}
                relations:
                  use: kg_extractor.identify_relation_types
                  with: {subspaces: "${steps.one}", token_ids: [heada, taila]}
                """, "SPEC-REFERENCE", "one");
    }

    private void refused(String steps, String code, String said) {
        Outcome outcome = run(steps);
        assertThat(outcome.status()).isIn(Status.INVALID, Status.FAILED);
        assertThat(outcome.problems())
                .anySatisfy(
                        problem -> assertThat(problem.toString()).contains(code).contains(said));
    }

    @Test
    void wordsOfTheModelAreDistinct() {
        assertThat(IntStream.range(0, 2 * PAIRS).mapToObj(words()::get)).doesNotHaveDuplicates();
    }
}
