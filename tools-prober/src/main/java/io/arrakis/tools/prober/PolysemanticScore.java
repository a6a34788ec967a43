package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.stats.Moments;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many things a word means, from how its occurrences lie at a residual layer.
 *
 * <p>A word is a token that stands as a whole word, or with {@code several_tokens} several that spell one. Each part is
 * larger for words with more meanings: {@code self} (0 to 2) is 1 minus the mean cosine of the occurrences; {@code
 * neighbours} (0 to 1) is 1 minus the mean Jaccard index of the sets of words among the nearest neighbours, same text and
 * same word excluded; {@code spread} is the number of different words there over equally many occurrences; {@code static} is
 * the scatter of the words around the embedding; {@code combined} and {@code refined} add up ranks and so depend on which
 * words are scored; see {@link PolysemyPart} for the others. Costs one capture of the layer and, for the neighbours,
 * looked-at occurrences x words of the corpus x d_model multiply-adds; memory is bounded by the budget, the corpus is read
 * by blocks.
 *
 * <p>Upstream Arrakis keeps neighbours of the same token and so measures frequency; here they are left out.
 *
 * @see "Gari Soler and Apidianaki 2021, Let's Play Mono-Poly; Ethayarajh 2019, How Contextual are Contextualized Word
 *     Representations?"
 */
@Description("Scores how many things each word means, from its occurrences at a layer.")
public final class PolysemanticScore implements Operation<PolysemanticScore.Params, PolysemyScores> {

    private static final String CONTEXTS = "contexts";
    private static final int SHOWN_OCCURRENCES = 3;
    private static final double ENOUGH_RECALL = 0.95;
    private static final WeightName EMBEDDING = WeightName.of(WeightPoint.W_E);

    /** Makes the operation. */
    @Inject
    public PolysemanticScore() {}

    /**
     * What to score.
     *
     * @param layerIdx        the residual layer
     * @param kNeighbors      neighbours of an occurrence
     * @param contexts        the texts
     * @param words           the words to score; all that occur often enough if empty
     * @param truth           words with what is known of them
     * @param truthField      the field to compare the scores with
     * @param score           what the words are scored by
     * @param normalisation   what is done before cosines are taken
     * @param minOccurrences  fewest occurrences of a scored word, and the number that each draw takes
     * @param maxOccurrences  most occurrences of a word that are looked at
     * @param draws           draws of equally many occurrences
     * @param staticNeighbors neighbours of an embedding
     * @param fewSenses       at most so many count as few in the AUROC
     * @param manySenses      at least so many count as many
     * @param severalTokens   what becomes of words of several tokens
     * @param maxTokens       texts are cut to so many tokens
     * @param search          how neighbours are searched for
     * @param controlFields   fields of the truth that are held fixed
     */
    public record Params(
            @Description("Residual layer whose vectors are compared.") @Layer(LayerKind.RESIDUAL)
            int layerIdx,

            @Description("Number of nearest neighbours of an occurrence.") @DefaultValue("50") @Min(1) @Max(10_000)
            int kNeighbors,

            @Description("Texts in which the words occur.") DataRef contexts,

            @Description("Words to score; every word that occurs often enough where it is not given.")
            Optional<TokenSet> words,

            @Description("Data set whose texts are words, with something known of each as a field.")
            Optional<DataRef> truth,

            @Description("Field of the truth to compare the scores with.") @DefaultValue("senses") @Size(min = 1)
            String truthField,

            @Description("What the words are scored by.") @DefaultValue("self")
            PolysemyPart score,

            @Description("What is done to vectors before their cosine is taken for self-similarity.")
            @DefaultValue("z_score")
            Normalisation normalisation,

            @Description("Fewest occurrences of a scored word; each draw takes so many.")
            @DefaultValue("10")
            @Min(2)
            @Max(1_000)
            int minOccurrences,

            @Description("Most occurrences of a word that are looked at; more are drawn from.")
            @DefaultValue("50")
            @Min(2)
            @Max(1_000)
            int maxOccurrences,

            @Description("Number of draws of equally many occurrences, for spread and standard deviations.")
            @DefaultValue("20")
            @Min(1)
            @Max(1_000)
            int draws,

            @Description("Number of nearest embeddings that the static score looks at.")
            @DefaultValue("200")
            @Min(2)
            @Max(10_000)
            int staticNeighbors,

            @Description("Words with at most so many senses are the one side of the AUROC.") @DefaultValue("1") @Min(0)
            double fewSenses,

            @Description("Words with at least so many senses are the other.") @DefaultValue("4") @Min(0)
            double manySenses,

            @Description("What becomes of words that the model reads as several tokens.") @DefaultValue("skip")
            SeveralTokens severalTokens,

            @Description(
                    "Texts are cut to so many tokens, special tokens counted; the model's context length by default.")
            Optional<@Min(3) Integer> maxTokens,

            @Description("How neighbours are searched for.") @DefaultValue("auto")
            SearchMethod search,

            @Description("Fields of the truth, of numbers or true and false, that are held fixed beside the number of"
                    + " occurrences; by default has_verb where the truth has it.")
            Optional<List<@Size(min = 1) String>> controlFields) {

        Rarefaction rarefaction() {
            return new Rarefaction(minOccurrences, draws, maxOccurrences);
        }

        ControlFields.Asked controls() {
            return new ControlFields.Asked(controlFields.map(List::copyOf), truthField);
        }
    }

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        params.rarefaction().check(problems);
        if (params.manySenses() <= params.fewSenses()) {
            problems.at("many_senses")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "many_senses " + params.manySenses() + " is not above few_senses " + params.fewSenses(),
                            "a word cannot be on both sides");
        }
        params.truth()
                .ifPresent(truth -> Fields.require(planning, truth, params.truthField(), "truth_field", problems));
        params.controls().check(params.truth(), planning, problems);
        params.words().ifPresent(words -> AskedWords.check(words, planning, problems));
        checkNormalisation(params.normalisation(), planning, problems);
    }

    private static void checkNormalisation(Normalisation normalisation, Planning planning, Problems problems) {
        int dModel = planning.model().architecture().dims().dModel();
        if (normalisation instanceof Normalisation.AllButTop top && top.allButTop() >= dModel) {
            problems.at("normalisation.all_but_top")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "all_but_top " + top.allButTop() + " leaves nothing of vectors with " + dModel
                                    + " dimensions",
                            "give at most " + (dModel - 1));
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        CaptureRequest all =
                CaptureRequest.of(CONTEXTS, new TextSource.Data(params.contexts()), Rows.EACH, List.of(hook(params)));
        return Requirements.builder()
                .capture(params.maxTokens().map(all::cutTo).orElse(all))
                .weights(List.of(EMBEDDING))
                .build();
    }

    private static HookName hook(Params params) {
        return HookName.residual(params.layerIdx());
    }

    @Override
    public PolysemyScores run(Params params, Inputs inputs, OperationContext context) {
        Activations activations =
                JoinedWords.of(inputs.activations(CONTEXTS), params.severalTokens(), context.tokenizer());
        List<String> warnings = new ArrayList<>();
        Words words = Words.of(activations.rows(), context.tokenizer(), JoinedWords.joined(activations));
        requireCompany(words, params);
        WordSampling sampling = WordSampling.of(
                activations.rows(),
                words,
                params.words().map(asked -> AskedWords.of(asked, context.tokenizer(), inputs)),
                params.rarefaction(),
                context);
        requireScored(sampling, params);
        PolysemyMeasurement layer = new PolysemyMeasurement(activations, hook(params), words, context);
        PolysemyMeasurement.Neighbourhoods near =
                layer.neighbours(sampling.scored(), params.kNeighbors(), SHOWN_OCCURRENCES, params.search());
        WordScores scores = scores(params, layer, near, sampling.scored(), fixed(params, sampling, inputs, context));
        Map<String, Double> truth = params.truth()
                .map(data -> KnownWords.read(inputs.data(data), params.truthField(), "data." + data.name()))
                .orElse(Map.of());
        Optional<KnownScores> known = KnownScores.of(
                scores,
                truth,
                controls(params, inputs),
                new TruthComparison.Extremes(params.fewSenses(), params.manySenses()),
                context.random("truth"));
        Map<String, Agreement> agreement =
                known.map(one -> one.agreement(params.score(), warnings)).orElse(Map.of());
        Optional<Agreement> own = Optional.ofNullable(agreement.get(KnownScores.name(params.score())));
        warn(params, activations, sampling, truth, warnings);
        near.recall().flatMap(PolysemanticScore::lowRecall).ifPresent(warnings::add);
        PolysemyTables tables = new PolysemyTables(scores, params.score(), truth);
        SenseCheck check =
                new SenseCheck(inputs.data(params.contexts()), activations.rows(), words, sampling.scoredNames());
        return new PolysemyScores(
                params.layerIdx(),
                params.score(),
                scores.rows().size(),
                own.flatMap(Agreement::rho),
                own.flatMap(Agreement::partial),
                own.flatMap(Agreement::controlled),
                own.flatMap(Agreement::auroc),
                agreement,
                permuted(scores, known.flatMap(one -> one.permuted(warnings))),
                check.accuracy(
                        activations, hook(params), layer.space(params.normalisation()), context.random("senses")),
                tables.words(),
                PolysemyTables.tooRare(sampling.tooRare()),
                PolysemyTables.occurrences(sampling.scored(), near.found(), activations.rows(), words),
                near.hubness(),
                near.recall(),
                tables.figure(params.truthField()),
                warnings);
    }

    static Optional<String> lowRecall(Estimate recall) {
        return recall.value() < ENOUGH_RECALL
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the graph finds %.3f of the nearest neighbours, less than %s: search exactly, or take neighbours and"
                                + " spread as rough",
                        recall.value(),
                        ENOUGH_RECALL))
                : Optional.empty();
    }

    private static void requireCompany(Words words, Params params) {
        if (words.count() == 1) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "data." + params.contexts().name(),
                    "'" + words.name(0) + "' is the only word in its texts, so nothing can be near it",
                    "give texts with other words");
        }
    }

    private static void requireScored(WordSampling sampling, Params params) {
        if (sampling.scored().isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "data." + params.contexts().name(),
                    noneStands(params) + " in at least " + params.minOccurrences() + " texts"
                            + sampling.mostFrequent()
                                    .map(word ->
                                            "; the most frequent, '" + word.name() + "', is in " + word.occurrences())
                                    .orElse(""),
                    sampling.mostFrequent()
                                    .filter(word -> word.occurrences() == 0)
                                    .isPresent()
                            ? "spell words as the model's vocabulary spells them"
                            : "give more texts, or a smaller min_occurrences");
        }
    }

    private static String noneStands(Params params) {
        return (params.words().isPresent() ? "none of the words that are asked for" : "no word") + " stands as "
                + switch (params.severalTokens()) {
                    case SKIP -> "one token";
                    case MEAN, FIRST -> "a word";
                };
    }

    private static WordScores scores(
            Params params,
            PolysemyMeasurement layer,
            PolysemyMeasurement.Neighbourhoods near,
            List<WordSample> samples,
            StaticScatter.Scores fixed) {
        List<PolysemyMeasurement.Mean> self = layer.self(samples, params.normalisation());
        WordScores.Apart apart = new WordScores.Apart(layer.dispersion(samples), layer.selfInText(samples));
        return WordScores.of(samples, self, near, fixed, apart);
    }

    private static StaticScatter.Scores fixed(
            Params params, WordSampling sampling, Inputs inputs, OperationContext context) {
        EmbeddingScatter scatter =
                new EmbeddingScatter(context.tokenizer(), context.linearAlgebra(), params.staticNeighbors());
        return scatter.of(
                sampling.scored().stream().map(WordSample::name).toList(),
                inputs.weights().get(EMBEDDING));
    }

    private static ControlFields controls(Params params, Inputs inputs) {
        return params.truth()
                .map(data -> params.controls().read(inputs.data(data), data))
                .orElse(ControlFields.NONE);
    }

    private static PermutedNeighbours permuted(WordScores scores, Optional<Estimate> rho) {
        return new PermutedNeighbours(
                Moments.mean(scores.of(PolysemyPart.NEIGHBOURS)),
                TruthComparison.overPermutations(Arrays.stream(scores.permuted())
                        .mapToDouble(Moments::mean)
                        .toArray()),
                rho);
    }

    private static void warn(
            Params params,
            Activations activations,
            WordSampling sampling,
            Map<String, Double> truth,
            List<String> warnings) {
        CutTexts.warn(activations.rows().cut(), warnings);
        RepeatedTexts.warn(activations.rows(), warnings);
        if (!sampling.tooRare().isEmpty()) {
            warnings.add(sampling.tooRare().size() + " words occur in fewer than " + params.minOccurrences()
                    + " texts and were not scored");
        }
        if (params.truth().isPresent() && truth.isEmpty()) {
            warnings.add("no row of the truth has a number in the field '" + params.truthField() + "'");
        }
        KnownWords.warnUnscored(truth, sampling.scoredNames(), warnings);
    }
}
