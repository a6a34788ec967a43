package io.arrakis.tools.kg;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.QkNormSpec;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose attention has no form of one head, or no score of components alone, are refused before anything runs. */
class AttentionKindTest {

    @TempDir
    private Path directory;

    /** No family does so today: this is what keeps one that does from giving wrong numbers. */
    @Test
    void refusesQueriesThatAreCentredOverAllHeads() throws IOException {
        ModelDescription found = described("olmo2");
        assertThat(extracting(found)).isEmpty();
        assertThat(extracting(centring(found)))
                .containsExactly("layer_idx: TOOL_INPUT: model '" + found.name()
                        + "' centres its queries over all heads together, so that no head has a form of its own;"
                        + " choose another model");
    }

    @Test
    void refusesScoresOfComponentsWhereQueriesAreNormed() throws IOException {
        assertThat(relating(described("llama"))).isEmpty();
        ModelDescription normed = described("qwen3");
        assertThat(relating(normed))
                .containsExactly("score: TOOL_INPUT: model '" + normed.name()
                        + "' norms queries and keys, so that a score is not of the components alone; write bilinear");
    }

    private ModelDescription described(String folder) throws IOException {
        try (HookedModel model =
                OpenedModel.in(Goldens.FAMILIES.copy(folder, Files.createDirectory(directory.resolve(folder))))) {
            return model.description();
        }
    }

    private static ModelDescription centring(ModelDescription model) {
        Architecture own = model.architecture();
        AttentionSpec attention = own.attention();
        QkNormSpec norm = attention.qkNorm().orElseThrow();
        QkNormSpec centring = new QkNormSpec(
                new NormSpec(NormSpec.Kind.LAYER_NORM, norm.norm().epsilon(), false, true), QkNormSpec.Span.ALL_HEADS);
        return new ModelDescription(
                model.name(),
                model.family(),
                new Architecture(
                        own.dims(),
                        own.embedding(),
                        own.block(),
                        new AttentionSpec(
                                attention.causal(),
                                attention.qkvBias(),
                                attention.outputBias(),
                                Optional.of(centring),
                                attention.scoreSoftCap()),
                        own.layers(),
                        own.mlp(),
                        own.head()));
    }

    private static List<String> extracting(ModelDescription model) {
        Said said = new Said(new ArrayList<>());
        new ExtractRelationalSubspaces().check(ExtractRelationalSubspaces.Params.of(0, 3), new Planned(model), said);
        return said.problems();
    }

    private static List<String> relating(ModelDescription model) {
        Said said = new Said(new ArrayList<>());
        IdentifyRelationTypes.Params params = new IdentifyRelationTypes.Params(
                new TokenSet.OfData(new DataRef("words")),
                new StepRef<>("subspaces"),
                new Threshold.Fixed(2),
                new TokenSource.WordAlone(),
                PairScore.LOGIT,
                true,
                Optional.empty(),
                20,
                Optional.empty());
        new IdentifyRelationTypes().check(params, new Planned(model), said);
        return said.problems();
    }

    /** A plan in which a step has found subspaces of block 0. */
    private record Planned(ModelDescription model) implements Planning {

        @Override
        public Tokenizer tokenizer() {
            throw new AssertionError("the tokenizer is not needed");
        }

        @Override
        public List<String> fields(DataRef data) {
            throw new AssertionError("no data is needed");
        }

        @Override
        public <O extends Record> Optional<O> outline(StepRef<?> step, Class<O> shape) {
            return Optional.of(shape.cast(new RelationalSubspaces.Outline(64, 4, List.of(0), 3, true)));
        }
    }

    private record Said(List<String> problems) implements Problems {

        @Override
        public Place at(String path) {
            return new Place() {
                @Override
                public void error(ErrorCode code, String message, String mend) {
                    problems.add(path + ": " + code + ": " + message + "; " + mend);
                }

                @Override
                public void warning(ErrorCode code, String message, String mend) {
                    throw new AssertionError("no warning is expected: " + message);
                }
            };
        }

        @Override
        public boolean hasErrors() {
            return !problems.isEmpty();
        }
    }
}
