package io.arrakis.tools.lens;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.Dimensions;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
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
import java.util.List;
import java.util.Optional;

/**
 * Scores every head by where it looks: at the token before, at the same token elsewhere, at what followed the same token before
 * (induction), at the first position.
 *
 * <p>The scores are taken on random words that stand twice in a row, where nothing but the repetition tells what comes next;
 * all but induction on texts too, where any are given. The best of hundreds of heads is high by chance: it is chosen on every
 * second sequence and reported on the others, beside what attention without preference would give. Costs a forward pass over
 * the inputs as far as the deepest block, and heads x positions squared numbers an input.
 *
 * @see "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits; Olsson et al. 2022, In-context Learning and
 *     Induction Heads"
 */
@Description("Scores each attention head: previous token, duplicate token, induction, first token.")
public final class AttentionPatterns implements Operation<AttentionPatterns.Params, HeadScores> {

    /** More special tokens than any family puts around a text. */
    private static final int SPECIAL = 4;

    /** Makes the operation. */
    @Inject
    public AttentionPatterns() {}

    /**
     * What to look at.
     *
     * @param layers         the blocks
     * @param sequenceLength words of a random sequence, which stands twice in a row
     * @param sequences      number of random sequences
     * @param texts          texts to score too
     * @param maxTexts       at most so many of them are read
     * @param maxTokens      texts are cut to so many tokens
     */
    public record Params(
            @Description("Blocks whose heads are scored.") @DefaultValue("all") @Layer(LayerKind.BLOCK)
            Layers layers,

            @Description("Words of a random sequence, which stands twice in a row.")
            @DefaultValue("25")
            @Min(3)
            @Max(1_000)
            int sequenceLength,

            @Description("Number of random sequences.") @DefaultValue("16") @Min(4) @Max(1_000)
            int sequences,

            @Description("Texts on which the heads are scored too: a list, or a data set.")
            Optional<TextSet> texts,

            @Description("At most so many texts are read.") @DefaultValue("50") @Min(1) @Max(10_000)
            int maxTexts,

            @Description("Texts are cut to so many tokens, special tokens counted.")
            @DefaultValue("128")
            @Min(3)
            @Max(4_096)
            int maxTokens) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        int context = planning.model().architecture().dims().nCtx();
        if (2 * params.sequenceLength() > context) {
            problems.at("sequence_length")
                    .error(
                            ErrorCode.SPEC_RANGE,
                            "two copies of " + params.sequenceLength() + " words, but model '"
                                    + planning.model().name() + "' reads " + context + " tokens",
                            "lower sequence_length");
        }
        params.texts().ifPresent(texts -> ListedTexts.check(texts, "texts", problems));
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Dimensions dims = planning.model().architecture().dims();
        boolean texts = params.texts().isPresent();
        int longest = Math.max(2 * params.sequenceLength() + SPECIAL, texts ? params.maxTokens() : 0);
        int blocks = params.layers().in(dims.nLayers(), LayerKind.BLOCK).size();
        long bytes = Math.max(PatternReader.BYTES_A_PASS, PatternReader.bytes(blocks, dims.nHeads(), longest));
        return Requirements.builder()
                .passes(params.sequences() + (texts ? params.maxTexts() : 0), bytes)
                .build();
    }

    @Override
    public HeadScores run(Params params, Inputs inputs, OperationContext context) {
        List<TokenRow> texts = params.texts()
                .map(set -> ListedTexts.rows(
                        set, inputs, context.tokenizer(), params.maxTexts(), maxTokens(params, context)))
                .orElse(List.of());
        RepeatedTokens repeated = RepeatedTokens.draw(
                params.sequences(), params.sequenceLength(), context.tokenizer(), context.random("repeated_tokens"));
        repeated.requireFits(context.model());
        PatternSurvey survey = new PatternSurvey(
                params.layers().in(context.model().architecture().dims().nLayers(), LayerKind.BLOCK), context);
        try (OperationContext.Progress progress =
                context.progress("attention patterns", repeated.sequences().size() + texts.size())) {
            survey.readRepeated(repeated, progress);
            survey.readTexts(texts, progress);
        }
        return survey.result();
    }

    private static int maxTokens(Params params, OperationContext context) {
        return Math.min(
                params.maxTokens(), context.model().architecture().dims().nCtx());
    }
}
