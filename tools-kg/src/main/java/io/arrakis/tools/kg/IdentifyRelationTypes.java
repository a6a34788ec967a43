package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Ordered pairs of tokens that a head relates: the first as query, the second as key.
 *
 * <p>The similarity of a pair is the cosine (or the bilinear form) of its coordinates in the head's subspace, centred on the
 * reference words; what a token brings to every pair is taken away by centring rows and columns of the grid of pairs. With {@code score: logit} the vectors are not centred and the
 * similarity is the attention score of the kept components, biases and scale with it, before any soft cap. A pair is
 * related where the similarity reaches the threshold, a number or the one that a share of random pairs reaches. The measured share of
 * random pairs that reach it stands beside every threshold, and the plain cosine of the same vectors beside every pair: with few
 * components a large cosine is chance, and "similar token" heads relate what the plain cosine relates.
 *
 * <p>With {@code pairs} the pairs of a list are looked at and no other.
 *
 * <p>Costs heads x tokens^2 x components multiply-adds, in blocks; keeps the most similar pairs of each token alone.
 *
 * <p>Upstream Arrakis counts pairs over a cosine of 0.7 in three components; so do 15 to 20 of 100 random pairs.
 *
 * @see "Hernandez et al. 2023, Linearity of Relation Decoding, on why the vectors of a word in a text serve better than its
 *     embedding"
 */
@Description("Finds ordered pairs of tokens that a head relates, with the rate at which random pairs pass for related.")
public final class IdentifyRelationTypes implements Operation<IdentifyRelationTypes.Params, RelationTypes> {

    private static final double MOST_FALSE_POSITIVES = 0.05;
    private static final long BYTES_PER_PAIR = 700;
    private static final long BYTES_PER_PLACE = Integer.BYTES + Float.BYTES;
    private static final String PAIRS = "pairs";

    /** Makes the operation. */
    @Inject
    public IdentifyRelationTypes() {}

    /**
     * What to relate.
     *
     * @param tokenIds     the tokens
     * @param subspaces    where they are compared
     * @param threshold    when a pair is related
     * @param source       which vector stands for a token
     * @param score        how pairs are compared
     * @param doubleCentre whether the means of rows and columns of the grid of pairs are taken away
     * @param reference    the reference words
     * @param mostPerToken pairs kept of each token and head
     * @param pairs        the pairs to look at; all of the tokens if empty
     */
    public record Params(
            @Description("Tokens to relate: ids, words, or a data set of words.") @Example("[cat, dog, paw, kitten]")
            TokenSet tokenIds,

            @Description("The step that found the subspaces.") @Example("${steps.subspaces}")
            StepRef<RelationalSubspaces> subspaces,

            @Description(
                    "Similarity from which on a pair is related, or the share of random pairs that may pass. A cosine of"
                            + " -1 keeps every pair.")
            @DefaultValue("0.7")
            Threshold threshold,

            @Description("Which vector stands for a token: word_alone, embedding or hook:NAME.")
            @DefaultValue("word_alone")
            TokenSource source,

            @Description("How the two sides of a pair are compared.") @DefaultValue("cosine")
            PairScore score,

            @Description("Whether the means of the rows and columns of the grid of pairs are taken away.")
            @DefaultValue("true")
            boolean doubleCentre,

            @Description(
                    "Words whose mean is taken away and whose pairs say what chance is; by default up to 1,000 words"
                            + " of the vocabulary.")
            Optional<TokenSet> reference,

            @Description("At most so many pairs are kept for each token and head, the most similar ones.")
            @DefaultValue("20")
            @Min(1)
            @Max(100_000)
            int mostPerToken,

            @Description(
                    "Pairs of the tokens to look at, each of them and no other, with the fields head and tail; by default"
                            + " all ordered pairs.")
            Optional<DataRef> pairs) {

        SubspaceTokens in() {
            return new SubspaceTokens(tokenIds, subspaces, source, reference);
        }
    }

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        params.in().check(planning, problems);
        if (params.threshold() instanceof Threshold.Fixed fixed
                && params.score() == PairScore.COSINE
                && !(Math.abs(fixed.value()) <= 1)) {
            problems.at("threshold")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "threshold " + fixed.value() + ", but a cosine lies between -1 and 1",
                            "give a number in between, or {false_positive_rate: 0.01}");
        }
        params.pairs()
                .ifPresent(data ->
                        PairFields.require(List.of(PairFields.HEAD, PairFields.TAIL), data, PAIRS, planning, problems));
        if (params.score() == PairScore.LOGIT) {
            checkLogit(params, planning, problems);
        }
    }

    /** What is called the attention score must be it. */
    private static void checkLogit(Params params, Planning planning, Problems problems) {
        ModelDescription model = planning.model();
        boolean withoutBiases = planning.outline(params.subspaces(), RelationalSubspaces.Outline.class)
                .filter(outline -> !outline.biases())
                .isPresent();
        if (withoutBiases && BlockWeights.scoresHaveBiases(model.architecture())) {
            problems.at("score")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "the step '" + params.subspaces().step()
                                    + "' left out the biases, so that its components are not the scores of model '"
                                    + model.name() + "'",
                            "write biases: true there, or bilinear here");
        }
        if (model.architecture().attention().qkNorm().isPresent()) {
            problems.at("score")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "model '" + model.name()
                                    + "' norms queries and keys, so that a score is not of the components alone",
                            "write bilinear");
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        return params.in().requires(planning);
    }

    @Override
    public RelationTypes run(Params params, Inputs inputs, OperationContext context) {
        RelationalSubspaces subspaces = inputs.step(params.subspaces(), RelationalSubspaces.class);
        SubspaceTokens.Loaded loaded = params.in().load(subspaces, inputs, context);
        NullPairs nulls = new NullPairs(loaded.reference().count(), context.random("null pairs"));
        nulls.requireEnough(params.threshold());
        Optional<ListedPairs> listed = params.pairs()
                .map(data -> ListedPairs.read(
                        inputs.data(data),
                        loaded.tokens().tokens(),
                        word -> Token.ofWord(word, context.tokenizer()),
                        PAIRS));
        PairFinder search = listed.<PairFinder>map(pairs -> pairs)
                .orElseGet(() -> new PairSearch(context.linearAlgebra(), params.mostPerToken()));
        if (listed.isEmpty()) {
            requireRoom(loaded.tokens().count(), params.mostPerToken(), context.memoryBudgetBytes());
        }
        List<TypedPairs> types = new ArrayList<>();
        List<TypedPairs> plain = new ArrayList<>();
        Map<Integer, PairSpace> plainSpaces = new HashMap<>();
        try (OperationContext.Progress progress = context.progress("heads", subspaces.count())) {
            for (int block : subspaces.blocks()) {
                double scale =
                        context.model().architecture().layers().get(block).scoreScale();
                BlockPairs pairs = BlockPairs.of(block, subspaces, loaded, params.score(), context.linearAlgebra());
                plainSpaces.put(block, pairs.plain().tokens());
                plain.add(pairs.plain().typed(-1, "plain", params, nulls, search));
                int first = subspaces.blocks().indexOf(block) * subspaces.nHeads();
                for (int subspace = first; subspace < first + subspaces.nHeads(); subspace++) {
                    context.checkCancelled();
                    types.add(pairs.head(subspace, params.score(), scale)
                            .typed(subspace, subspaces.name(subspace), params, nulls, search));
                    requireRoom(types, context.memoryBudgetBytes());
                    progress.advance(1);
                }
            }
        }
        long tried = search.tried(loaded.tokens().count());
        RelationTables tables =
                new RelationTables(loaded.tokens().tokens(), types, subspaces, tried, (block, pair) -> plainSpaces
                        .get(block)
                        .similarity(pair.query(), pair.key()));
        int leftOut = listed.map(ListedPairs::leftOut).orElse(0);
        return result(loaded, types, plain, tables, tried, warnings(loaded.tokens(), types, nulls, leftOut));
    }

    /** Refuses a search whose places for the pairs of one head do not fit, before it takes them. */
    static void requireRoom(int tokens, int mostPerToken, long budget) {
        long places = (long) tokens * Math.min(mostPerToken, tokens - 1);
        if (places > Integer.MAX_VALUE || places * BYTES_PER_PLACE > budget) {
            throw new ArrakisException(
                    ErrorCode.MEMORY,
                    "most_per_token",
                    "places for " + places + " pairs of one head do not fit into the memory for results",
                    "lower most_per_token, or name fewer tokens");
        }
    }

    /** Refuses to keep more pairs than there is memory for: they become rows and edges. */
    static void requireRoom(List<TypedPairs> types, long budget) {
        long kept =
                types.stream().mapToLong(type -> type.found().pairs().size()).sum();
        if (kept * BYTES_PER_PAIR > budget) {
            throw new ArrakisException(
                    ErrorCode.MEMORY,
                    "most_per_token",
                    kept + " related pairs of " + types.size() + " heads do not fit into the memory for results",
                    "raise the threshold, lower most_per_token, or name fewer blocks");
        }
    }

    private static RelationTypes result(
            SubspaceTokens.Loaded loaded,
            List<TypedPairs> types,
            List<TypedPairs> plain,
            RelationTables tables,
            long tried,
            List<String> warnings) {
        long related = types.stream().mapToLong(type -> type.found().count()).sum();
        long plainRelated =
                plain.stream().mapToLong(type -> type.found().count()).sum();
        return new RelationTypes(
                loaded.tokens().count(),
                tried,
                meanRate(types),
                related,
                related / (types.size() * (double) tried),
                meanRate(plain),
                plainRelated / (plain.size() * (double) tried),
                tables.pairs(),
                tables.types(),
                tables.categories(),
                tables.graph(),
                tables.rates(),
                warnings);
    }

    private static double meanRate(List<TypedPairs> types) {
        return types.stream()
                .mapToDouble(TypedPairs::falsePositiveRate)
                .average()
                .orElseThrow();
    }

    private static List<String> warnings(TokenVectors tokens, List<TypedPairs> types, NullPairs nulls, int leftOut) {
        List<String> warnings = new ArrayList<>();
        nulls.warning().ifPresent(warnings::add);
        long loose = types.stream()
                .filter(type -> type.falsePositiveRate() > MOST_FALSE_POSITIVES)
                .count();
        if (loose > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d of %d heads call more than %.0f%% of random pairs related (%.1f%% in the mean): raise the threshold,"
                            + " give a false_positive_rate, or keep more components",
                    loose,
                    types.size(),
                    100 * MOST_FALSE_POSITIVES,
                    100 * meanRate(types)));
        }
        long dropped = types.stream()
                .mapToLong(type -> type.found().count() - type.found().pairs().size())
                .sum();
        if (dropped > 0) {
            warnings.add(dropped + " related pairs are counted but not listed: raise most_per_token to see them");
        }
        if (leftOut > 0) {
            warnings.add(leftOut + " listed pairs do not have two different words of the tokens and were left out");
        }
        tokens.warning().ifPresent(warnings::add);
        return warnings;
    }
}
