package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Holds what heads say of pairs of words against relations that are known.
 *
 * <p>Figures by id: C1 the best head of each relation, by the cosine in its subspace; C2 the plain cosine of the vectors that the
 * first block reads; C3 the relation of a pair from the scores of all heads in both directions; C4 the same with cosines, and
 * beginnings and ends that the words share, and {@code C4.extended} the same with parts of speech and frequencies; C5 the share of random pairs over the usual threshold in few components; C6 related pairs
 * against unrelated ones that are alike; {@code direction} which word of a pair is the first; {@code OV} the share of the
 * pairs whose second word is among the ten that the best head writes for the first. Rows such as {@code C1.random_maps} are baselines
 * of the figure before the dot. Whatever is chosen or learnt is chosen or learnt on one half of the words; all figures are of the
 * other. Unrelated pairs are deranged within relation and parts of speech, but in C6, where the word most like
 * the second stands in its place, of the same half and part of speech and not related to the first, and in {@code C6.matched}, where
 * it is the one whose plain cosine with the first is nearest to that of the pair.
 *
 * <p>Costs one capture of the vocabulary's words, and a product of words x d_model x d_head for each head.
 *
 * @see "Hewitt and Liang 2019, Designing and Interpreting Probes with Control Tasks"
 */
@Description("Holds what heads say of word pairs against known relations, with every baseline beside it.")
public final class EvaluateRelations implements Operation<EvaluateRelations.Params, RelationEvaluation> {

    private static final int FEWEST_PAIRS = 8;

    /** Makes the operation. */
    @Inject
    public EvaluateRelations() {}

    /**
     * What to evaluate.
     *
     * @param pairs          the pairs, with the fields head, tail and relation
     * @param words          the words whose mean is taken away
     * @param topK           components of a subspace
     * @param fewComponents  components of a small subspace
     * @param threshold      the threshold whose false-positive rate is measured there
     * @param perWord        pairs of a relation with the same word on the same side
     * @param perHalf        pairs of a relation and half
     * @param perType        pairs of a relation and half for saying which relation it is
     * @param required       what figures must reach
     */
    public record Params(
            @Description("Pairs of words, with the fields head, tail and relation, and parts of speech where known.")
            DataRef pairs,

            @Description("Words, as texts: their mean is taken away, and only their pairs are used.")
            DataRef words,

            @Description("Components of a head's subspace for the cosines.") @DefaultValue("32") @Min(1)
            int topK,

            @Description("Components of a small subspace, to show what few of them tell.") @DefaultValue("3") @Min(1)
            int fewComponents,

            @Description("Threshold whose false-positive rate is measured in the small subspaces.") @DefaultValue("0.7")
            double threshold,

            @Description("At most so many pairs of a relation with the same word on the same side.")
            @DefaultValue("3")
            @Min(1)
            int perWord,

            @Description("At most so many pairs of a relation in each half of the words.") @DefaultValue("1500") @Min(8)
            int perHalf,

            @Description("At most so many pairs of a relation and half for saying which relation it is.")
            @DefaultValue("600")
            @Min(8)
            int perType,

            @Description("What figures must reach, by id and figure, such as C3.macro_f1: 0.48.") @DefaultValue("{}")
            Map<String, Double> required) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        ExtractRelationalSubspaces.checkTopK(params.topK(), false, planning, problems);
        if (params.fewComponents() > params.topK()) {
            problems.at("few_components").error(ErrorCode.SPEC_RANGE, "few_components is above top_k", "ask for fewer");
        }
        if (!(Math.abs(params.threshold()) <= 1)) {
            problems.at("threshold")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "threshold " + params.threshold() + ", but a cosine lies between -1 and 1",
                            "give a number in between");
        }
        PairFields.require(
                List.of(PairFields.HEAD, PairFields.TAIL, PairFields.RELATION),
                params.pairs(),
                "pairs",
                planning,
                problems);
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        return Requirements.builder()
                .capture(WordVectors.request(planning.tokenizer(), architecture))
                .weights(IntStream.range(0, architecture.dims().nLayers())
                        .boxed()
                        .flatMap(block -> Stream.concat(
                                BlockWeights.scoreWeights(architecture, block).stream(),
                                ValueOutput.weights(architecture, block).stream()))
                        .toList())
                .build();
    }

    @Override
    public RelationEvaluation run(Params params, Inputs inputs, OperationContext context) {
        WordVectors words = WordVectors.read(WordVectors.capture(inputs), inputs.data(params.words()));
        PairSet pairs = PairSet.read(
                inputs.data(params.pairs()),
                words.places(),
                new PairSet.Limits(params.perWord(), params.perHalf()),
                context.random("pairs"));
        pairs.requireEnough(FEWEST_PAIRS, "pairs");
        return new RelationFigures(params, words, pairs, context).measure(inputs.weights());
    }
}
