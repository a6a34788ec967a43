package io.arrakis.tools.prober;

import io.arrakis.api.operation.Operation;
import io.arrakis.testkit.OperationContractTest;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

/** What every operation must keep to, for those of this tool. */
class ProberContractTest {

    private static final List<String> BIRDS = List.of("wren", "crow", "finch", "hawk", "dove", "swan");
    private static final List<String> THINGS = List.of("spoon", "chair", "lamp", "table", "fork", "the", "a", "is");
    private static final int TOPICS = 4;
    private static final List<String> WORDS =
            IntStream.range(0, 8).mapToObj(PlantedSenses::name).toList();

    /** An operation that is tried on neurons. */
    private abstract static class OnNeurons extends OperationContractTest {

        @Override
        protected void prepare(TestExperiment laboratory) {
            laboratory.model("planted", PlantedBert.ofConcept(BIRDS, THINGS));
        }
    }

    /** An operation that is tried on words that keep different company. */
    private abstract static class OnSenses extends OperationContractTest {

        @Override
        protected void prepare(TestExperiment laboratory) {
            laboratory.model("planted", PlantedBert.ofTopics(TOPICS, WORDS));
        }

        static String data() {
            List<String> texts = new ArrayList<>();
            List<String> truth = new ArrayList<>();
            for (int word = 0; word < WORDS.size(); word++) {
                int senses = word % TOPICS + 1;
                truth.add(
                        "{text: %s, senses: '%d', noun_only: '%s'}".formatted(WORDS.get(word), senses, word % 2 == 0));
                for (int i = 0; i < 12; i++) {
                    String company = PlantedBert.company(i % senses).get(i % 3);
                    texts.add("{text: %1$s %2$s, synset: s%3$d.%4$d, lemmas: %1$s}"
                            .formatted(WORDS.get(word), company, word, i % senses));
                }
            }
            return """
                    name: contract
                    model: planted
                    data:
                      contexts: {source: inline, rows: [%s]}
                      words: {source: inline, rows: [%s]}
                    """.formatted(String.join(", ", texts), String.join(", ", truth));
        }
    }

    @Nested
    class OfPolysemanticScore extends OnSenses {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return PolysemanticScore.class;
        }

        @Override
        protected String experiment() {
            return data() + """
                    steps:
                      subject:
                        use: k_prober.polysemantic_score
                        with: {layer_idx: 1, k_neighbors: 5, contexts: "${data.contexts}", truth: "${data.words}",
                               words: "${data.words}", static_neighbors: 5}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of(
                    "data.contexts.rows=[]",
                    "data.contexts.rows=[{text: ''}]",
                    "steps.subject.with.words=[giraffe]",
                    "steps.subject.with.min_occurrences=50");
        }
    }

    @Nested
    class OfEvaluatePolysemy extends OnSenses {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return EvaluatePolysemy.class;
        }

        @Override
        protected String experiment() {
            return data() + """
                    steps:
                      subject:
                        use: k_prober.evaluate_polysemy
                        with: {contexts: "${data.contexts}", truth: "${data.words}", self_layer: 1, neighbours_layer: 1,
                               sense_layer: 1, k_neighbors: 5, static_neighbors: 5}
                    """;
        }
    }

    @Nested
    class OfKnowledgeProbe extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return KnowledgeProbe.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    steps:
                      subject:
                        use: k_prober.knowledge_probe
                        with: {concept_neuron: [1, 17], ids: [[the wren is, the spoon is], [a swan, a lamp]]}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.ids=[]", "steps.subject.with.ids=[['', '']]");
        }
    }

    @Nested
    class OfFindConceptNeurons extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return FindConceptNeurons.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    data:
                      with: {source: inline, texts: [the wren, a crow, the finch, a hawk, the dove, a swan, wren, crow]}
                      without: {source: inline, texts: [the spoon, a chair, the lamp, a table, the fork, a lamp, fork]}
                    steps:
                      subject:
                        use: k_prober.find_concept_neurons
                        with: {true_texts: "${data.with}", false_texts: "${data.without}", permutations: 100}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of("data.with.texts=[]", "data.without.texts=[the spoon]");
        }
    }

    @Nested
    class OfNeuronCrowding extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return NeuronCrowding.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    steps:
                      subject:
                        use: k_prober.neuron_crowding
                        with: {layer_idx: 1, k_neighbors: 5}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.k_neighbors=64");
        }
    }

    @Nested
    class OfEvaluateNeurons extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return EvaluateNeurons.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    data:
                      definitions: {source: inline, rows: [%s]}
                      lemmas: {source: inline, rows: [%s]}
                    steps:
                      subject:
                        use: k_prober.evaluate_neurons
                        with: {definitions: "${data.definitions}", lemmas: "${data.lemmas}", detectors: 2}
                    """.formatted(rows("the "), rows(""));
        }

        private static String rows(String frame) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < BIRDS.size(); i++) {
                rows.add(row(frame + BIRDS.get(i), true, i));
                rows.add(row(frame + THINGS.get(i), false, i));
            }
            return String.join(", ", rows);
        }

        private static String row(String text, boolean label, int i) {
            return "{text: %s, class: bird, label: '%s', half: '%d'}".formatted(text, label, i % 2);
        }
    }

    @Nested
    class OfNeuronEffect extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return NeuronEffect.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    data:
                      with: {source: inline, texts: [the wren, a crow, the finch, a hawk, the dove, a swan, wren, crow]}
                      without: {source: inline, texts: [the spoon, a chair, the lamp, a table, the fork, a lamp, fork]}
                    steps:
                      subject:
                        use: k_prober.neuron_effect
                        with: {neurons: [[1, 17]], true_texts: "${data.with}", false_texts: "${data.without}", draws: 5}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of(
                    "data.with.texts=[]",
                    "steps.subject.with.neurons=[]",
                    "steps.subject.with.neurons=[[1, 64]]",
                    "steps.subject.with.neurons=[[1, 17], [1, 17]]",
                    "steps.subject.with.logits={true_token: wren, false_token: spoon}");
        }
    }

    @Nested
    class OfNeuronLogits extends OperationContractTest {

        @Override
        protected void prepare(TestExperiment laboratory) {
            laboratory.model("head", TinyModel.gpt2(TinyModel.Size.SMALL, BIRDS, 3));
        }

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return NeuronLogits.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: head
                    steps:
                      subject:
                        use: k_prober.neuron_logits
                        with: {neurons: [[1, 17], [0, 3]], matched: 20}
                    """;
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.neurons=[]", "steps.subject.with.matched=64");
        }
    }

    @Nested
    class OfNeuronPolysemanticity extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return NeuronPolysemanticity.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    data:
                      concepts: {source: inline, rows: [%s]}
                    steps:
                      subject:
                        use: k_prober.neuron_polysemanticity
                        with: {layer_idx: 1, concepts: "${data.concepts}"}
                    """.formatted(OfEvaluateNeurons.rows("the "));
        }

        @Override
        protected List<String> refused() {
            return List.of("data.concepts.rows=[]", "data.concepts.rows=[{text: wren}]");
        }
    }

    @Nested
    class OfFindNeuronsOfConcepts extends OnNeurons {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return FindNeuronsOfConcepts.class;
        }

        @Override
        protected String experiment() {
            return """
                    name: contract
                    model: planted
                    data:
                      concepts: {source: inline, rows: [%s]}
                    steps:
                      subject:
                        use: k_prober.find_neurons_of_concepts
                        with: {permutations: 100, concepts: "${data.concepts}"}
                    """.formatted(OfEvaluateNeurons.rows("the "));
        }

        @Override
        protected List<String> refused() {
            return List.of(
                    "data.concepts.rows=[]", "data.concepts.rows=[{text: wren}]", "steps.subject.with.layers=[7]");
        }
    }
}
