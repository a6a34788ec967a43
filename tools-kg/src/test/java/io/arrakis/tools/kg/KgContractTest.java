package io.arrakis.tools.kg;

import io.arrakis.api.operation.Operation;
import io.arrakis.testkit.OperationContractTest;
import io.arrakis.testkit.TestExperiment;
import io.arrakis.testkit.TinyModel;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** What every operation must keep to, for those of this tool. */
class KgContractTest {

    private static final List<String> WORDS =
            List.of("cat", "kitten", "dog", "puppy", "cow", "calf", "hen", "chick", "horse", "foal", "sheep", "lamb");
    private static final String HEAD = "name: contract\nmodel: tiny\nsteps:\n";
    private static final String SUBSPACES = """
              subspaces:
                use: kg_extractor.extract_relational_subspaces
                with: {layer_idx: 0, top_k: 3}
            """;
    private static final String TOKENS = "[" + String.join(", ", WORDS) + "]";

    /** An operation that is tried on a small random model. */
    private abstract static class OnWords extends OperationContractTest {

        @Override
        protected void prepare(TestExperiment laboratory) {
            laboratory.model("tiny", TinyModel.bert(TinyModel.Size.SMALL, WORDS, 5));
        }
    }

    @Nested
    class OfExtractRelationalSubspaces extends OnWords {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return ExtractRelationalSubspaces.class;
        }

        @Override
        protected String experiment() {
            return HEAD + SUBSPACES.replace("subspaces:", "subject:");
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.top_k=9", "steps.subject.with.layer_idx=[]");
        }
    }

    @Nested
    class OfProjectTokenEmbeddings extends OnWords {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return ProjectTokenEmbeddings.class;
        }

        @Override
        protected String experiment() {
            return HEAD + SUBSPACES + """
                      subject:
                        use: kg_extractor.project_token_embeddings
                        with: {token_ids: %s, subspaces: "${steps.subspaces}"}
                    """.formatted(TOKENS);
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.token_ids=[]", "steps.subject.with.token_ids=[giraffe, cat]");
        }
    }

    @Nested
    class OfIdentifyRelationTypes extends OnWords {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return IdentifyRelationTypes.class;
        }

        @Override
        protected String experiment() {
            return HEAD + SUBSPACES + """
                      subject:
                        use: kg_extractor.identify_relation_types
                        with: {token_ids: %s, subspaces: "${steps.subspaces}", threshold: {false_positive_rate: 0.05}}
                    """.formatted(TOKENS);
        }

        @Override
        protected List<String> refused() {
            return List.of("steps.subject.with.token_ids=[cat]", "steps.subject.with.threshold=7");
        }
    }

    @Nested
    class OfBuildKnowledgeGraph extends OnWords {

        @Override
        protected Class<? extends Operation<?, ?>> operation() {
            return BuildKnowledgeGraph.class;
        }

        @Override
        protected String experiment() {
            return HEAD + SUBSPACES + """
                      relations:
                        use: kg_extractor.identify_relation_types
                        with: {token_ids: %s, subspaces: "${steps.subspaces}", threshold: {false_positive_rate: 0.05}}
                      subject:
                        use: kg_extractor.build_knowledge_graph
                        with: {relations: "${steps.relations}", false_discovery_rate: 0.9}
                    """.formatted(TOKENS);
        }
    }
}
