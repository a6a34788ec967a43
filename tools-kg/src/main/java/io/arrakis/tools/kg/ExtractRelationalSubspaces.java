package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.QkNormSpec;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * The directions in which each head compares queries with keys, from the weights alone.
 *
 * <p>A head scores rows x_i and x_j by {@code (x_i W_Q + b_Q) . (x_j W_K + b_K)}; with the biases as one more row that is
 * {@code x~_i A B^T x~_j}, of rank d_head at most. Its singular vectors are the directions, U for queries and V for keys, found
 * from the factors without forming the product; the largest coordinate of each u is positive. The norm in front, the linear part
 * of the norms of queries and keys, and the turn of rotary positions at one distance are folded in, so x is the normed stream
 * (the stream itself in families that norm afterwards). Singular values leave out the scale of the scores. Components with nearly
 * equal values mix: compare subspaces, not single directions.
 *
 * <p>Reads the tensors of queries, keys and their norms of the named blocks, nothing else. Costs about 8 d_model d_head^2
 * multiply-adds a head. On every run the sum of all components is held against the scores of the same tensors on random rows.
 *
 * <p>Upstream Arrakis merges the heads and decomposes the dense d_model x d_model product; merged, the relations of heads drown in
 * each other.
 *
 * @see "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits: QK circuit"
 */
@Description("Finds the directions in which each attention head of a block compares tokens, from its weights alone.")
public final class ExtractRelationalSubspaces
        implements Operation<ExtractRelationalSubspaces.Params, RelationalSubspaces> {

    private static final String TOP_K = "top_k";
    private static final int WIDEST = 4_096;

    /** Makes the operation. */
    @Inject
    public ExtractRelationalSubspaces() {}

    /**
     * What to extract.
     *
     * @param layerIdx         the blocks
     * @param topK             components kept of each head
     * @param biases           whether biases are one more row of the factors
     * @param relativePosition the query's position minus the key's, or a window of such distances
     * @param textLength       tokens of the text
     * @param check            whether the components are held against a forward pass
     * @param ov               whether what the heads read and write is found too
     * @param describe         whether directions are described
     * @param explainShare     the share of scores that sets of components must explain
     * @param contexts         texts for the last two
     */
    public record Params(
            @Description("Block whose heads are taken apart, a list of blocks, or all.")
            @Layer(LayerKind.BLOCK)
            @Example("0")
            Layers layerIdx,

            @Description("Number of components kept of each head, the largest first; at most d_head.")
            @DefaultValue("3")
            @Min(1)
            int topK,

            @Description("Whether the biases of queries and keys are one more row of the factors.")
            @DefaultValue("true")
            boolean biases,

            @Description("Position of the query minus that of the key, for models with rotary positions; a number, or"
                    + " {from: 0, to: 8} for the mean over a window.")
            @DefaultValue("0")
            RelativePosition relativePosition,

            @Description("Tokens of the text that is thought of, for models whose rotary frequencies depend on it.")
            @DefaultValue("1")
            @Min(1)
            @Max(100_000_000)
            int textLength,

            @Description("Whether the components are held against the scores and the attention of a forward pass.")
            @DefaultValue("false")
            boolean check,

            @Description("Whether the components of values and outputs are found too: what heads read and write.")
            @DefaultValue("false")
            boolean ov,

            @Description(
                    "Whether it is said what leads each direction, and how much of it is position, first token or mean.")
            @DefaultValue("false")
            boolean describe,

            @Description(
                    "Share of the scores between tokens of texts that a set of components must explain, which is found one by"
                            + " one; with rotary positions as if all pairs stood at relative_position.")
            Optional<Double> explainShare,

            @Description(
                    "Texts for describe and explain_share, of each the first 128 tokens, up to 8,192 together; random words"
                            + " of the vocabulary if left out.")
            Optional<TextSet> contexts) {

        Distance distance() {
            return new Distance(relativePosition.from(), relativePosition.to(), textLength);
        }

        /** The components of one block with the other parameters as they are by default. */
        public static Params of(int block, int topK) {
            return new Params(
                    new Layers.One(block),
                    topK,
                    true,
                    new RelativePosition.One(0),
                    1,
                    false,
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        checkTopK(params.topK(), params.biases(), planning, problems);
        checkChoices(params, problems);
        checkPositions(params, planning, problems);
        if (planning.model()
                .architecture()
                .attention()
                .qkNorm()
                .filter(ExtractRelationalSubspaces::mixesHeads)
                .isPresent()) {
            problems.at("layer_idx")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + planning.model().name()
                                    + "' centres its queries over all heads together, so that no head has a form of its own",
                            "choose another model");
        }
    }

    private static void checkChoices(Params params, Problems problems) {
        long count = (long) params.relativePosition().to()
                - params.relativePosition().from()
                + 1;
        if (count < 1 || count > WIDEST) {
            problems.at("relative_position")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            count < 1 ? "the window ends before it begins" : "a window of " + count + " distances",
                            "give at most " + WIDEST + " distances, the smallest first");
        }
        params.explainShare().filter(share -> !(share > 0 && share <= 1)).ifPresent(share -> problems.at(
                        "explain_share")
                .error(
                        ErrorCode.SPEC_RANGE,
                        "explain_share " + share + " is no share",
                        "give a number above 0, up to 1"));
        if (params.contexts().isPresent()
                && !params.describe()
                && params.explainShare().isEmpty()) {
            problems.at("contexts")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "nothing reads the contexts",
                            "ask for describe or explain_share, or leave them out");
        }
        if (params.check() && !params.biases()) {
            problems.at("check")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "without the biases the components are not the scores of a forward pass",
                            "write biases: true, or leave check out");
        }
    }

    /** Distances and lengths change nothing where no block turns queries and keys. */
    private static void checkPositions(Params params, Planning planning, Problems problems) {
        Architecture architecture = planning.model().architecture();
        if (turns(blocks(params, architecture), architecture)) {
            return;
        }
        if (params.relativePosition().from() != 0 || params.relativePosition().to() != 0) {
            withoutRotary("relative_position", planning, problems);
        }
        if (params.textLength() != 1) {
            withoutRotary("text_length", planning, problems);
        }
    }

    private static void withoutRotary(String parameter, Planning planning, Problems problems) {
        problems.at(parameter)
                .error(
                        ErrorCode.TOOL_INPUT,
                        parameter + " changes nothing: these blocks of model '"
                                + planning.model().name() + "' have no rotary positions",
                        "leave " + parameter + " out");
    }

    /** Returns whether one of the blocks has rotary positions. */
    static boolean turns(List<Integer> blocks, Architecture architecture) {
        return blocks.stream()
                .anyMatch(block -> architecture.layers().get(block).rotary().isPresent());
    }

    private static boolean mixesHeads(QkNormSpec norm) {
        return norm.span() == QkNormSpec.Span.ALL_HEADS && norm.norm().kind() == NormSpec.Kind.LAYER_NORM;
    }

    /** Reports more components than a head has. */
    static void checkTopK(int topK, boolean biases, Planning planning, Problems problems) {
        Dimensions dims = planning.model().architecture().dims();
        int rank = Math.min(dims.dHead(), dims.dModel() + (biases ? 1 : 0));
        if (topK > rank) {
            problems.at(TOP_K)
                    .error(
                            ErrorCode.SPEC_RANGE,
                            TOP_K + " " + topK + ", but a head of model '"
                                    + planning.model().name() + "' has " + rank + " components",
                            "ask for 1 to " + rank);
        }
    }

    private static List<Integer> blocks(Params params, Architecture architecture) {
        return params.layerIdx().in(architecture.dims().nLayers(), LayerKind.BLOCK);
    }

    @Override
    public RelationalSubspaces.Outline outline(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        return new RelationalSubspaces.Outline(
                architecture.dims().dModel(),
                architecture.dims().nHeads(),
                blocks(params, architecture),
                params.topK(),
                params.biases());
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        List<Integer> blocks = blocks(params, architecture);
        Requirements.Builder requirements = Requirements.builder()
                .weights(blocks.stream()
                        .flatMap(block -> BlockWeights.scoreWeights(architecture, block).stream())
                        .toList());
        new Companions(params, blocks).require(planning, requirements);
        return requirements.build();
    }

    @Override
    public RelationalSubspaces run(Params params, Inputs inputs, OperationContext context) {
        Architecture architecture = context.model().architecture();
        BlockSubspaces extraction = new BlockSubspaces(
                context.linearAlgebra(),
                context.random("subspaces"),
                params.topK(),
                params.biases(),
                params.distance());
        IntFunction<BlockWeights> weights = block -> new BlockWeights(inputs.weights(), architecture, block);
        List<HeadSubspace> heads = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        List<Integer> blocks = blocks(params, architecture);
        try (OperationContext.Progress progress = context.progress("blocks", blocks.size())) {
            for (int block : blocks) {
                context.checkCancelled();
                BlockSubspaces.Found found = extraction.of(block, BlockAttention.read(weights.apply(block)));
                heads.addAll(found.heads());
                errors.addAll(found.errors());
                progress.advance(1);
            }
        }
        Companions.Found companions = new Companions(params, blocks).find(heads, extraction, weights, inputs, context);
        return result(params, context, blocks, heads, errors, companions);
    }

    private static RelationalSubspaces result(
            Params params,
            OperationContext context,
            List<Integer> blocks,
            List<HeadSubspace> heads,
            List<Double> errors,
            Companions.Found companions) {
        SubspaceTables tables = new SubspaceTables(heads, errors, params.topK());
        double explained = mean(heads, head -> head.explained(params.topK()));
        double byChance = mean(heads, head -> head.explainedByChance(params.topK()));
        double error = Collections.max(errors);
        return new RelationalSubspaces(
                context.model().name(),
                context.model().architecture().dims().dModel(),
                context.model().architecture().dims().nHeads(),
                blocks,
                params.topK(),
                params.biases(),
                params.relativePosition().from(),
                params.relativePosition().to(),
                explained,
                explained - byChance,
                error,
                companions.check(),
                tables.directions(HeadSubspace::query),
                tables.directions(HeadSubspace::key),
                tables.singularValues(),
                tables.heads(),
                tables.components(),
                tables.spectra(),
                companions.ov(),
                companions.directions(),
                companions.explaining(),
                warnings(context.model().architecture(), error, companions));
    }

    private static double mean(List<HeadSubspace> heads, ToDoubleFunction<HeadSubspace> value) {
        return heads.stream().mapToDouble(value).average().orElseThrow();
    }

    private static List<String> warnings(Architecture architecture, double error, Companions.Found companions) {
        List<String> warnings = new ArrayList<>(companions.warnings());
        if (error > ScoreProof.TOLERANCE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the components do not add up to the scores of the same tensors: they are off by %.2g of their root mean"
                            + " square, more than %.0e",
                    error,
                    ScoreProof.TOLERANCE));
        }
        companions
                .ov()
                .filter(found -> found.proofError() > ScoreProof.TOLERANCE)
                .ifPresent(found -> warnings.add(String.format(
                        Locale.ROOT,
                        "the components of values and outputs do not add up: they are off by %.2g, more than %.0e",
                        found.proofError(),
                        ScoreProof.TOLERANCE)));
        companions
                .check()
                .filter(found -> !found.holds())
                .ifPresent(found -> warnings.add(String.format(
                        Locale.ROOT,
                        "the components do not give what a forward pass gives: scores are off by %.2g, attention by %.2g,"
                                + " more than %.0e",
                        found.scores(),
                        found.pattern(),
                        ScoreCheck.TOLERANCE)));
        if (architecture.attention().qkNorm().isPresent()) {
            warnings.add(
                    "this model norms queries and keys: a score is the sum of the components divided by the sizes of"
                            + " the query and of the key");
        }
        return warnings;
    }
}
