package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Relations inside sentences: how high a head scores one word of a pair from the position of the other, where both stand in a text.
 *
 * <p>For each pair, head and direction the score of the related word is ranked among the scores of all other tokens that the query
 * sees; the mean rank is an AUROC, .5 by chance. Since a head may look at a distance and not at a word, the same is measured for two
 * other tokens of the sentence as far apart, and the difference is tested over pairs by turning signs, with Benjamini and Hochberg's
 * rule over heads and directions. The best head is chosen on the words of one half and reported on those of the other, where each
 * half has eight pairs. A word stands at its last token. Costs one capture of queries and keys, and heads x tokens^2 x d_head
 * multiply-adds a sentence.
 */
@Description("Measures how heads relate the two words of a pair where both stand in a sentence.")
public final class RelateInSentences implements Operation<RelateInSentences.Params, SentenceRelations> {

    private static final String SENTENCES = "sentences";

    /** Makes the operation. */
    @Inject
    public RelateInSentences() {}

    /**
     * What to relate.
     *
     * @param sentences texts with the fields head and tail
     * @param layerIdx  the blocks
     */
    public record Params(
            @Description("Texts, with the fields head and tail: two words that stand in the text.")
            DataRef sentences,

            @Description("Block whose heads are asked, a list of blocks, or all.") @Layer(LayerKind.BLOCK)
            Layers layerIdx) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        PairFields.require(
                List.of(PairFields.HEAD, PairFields.TAIL), params.sentences(), SENTENCES, planning, problems);
    }

    private static List<Integer> blocks(Params params, Architecture architecture) {
        return params.layerIdx().in(architecture.dims().nLayers(), LayerKind.BLOCK);
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        Architecture architecture = planning.model().architecture();
        List<HookName> hooks = blocks(params, architecture).stream()
                .flatMap(block -> SentenceScores.hooks(architecture, block).stream())
                .toList();
        return Requirements.builder()
                .capture(CaptureRequest.of(SENTENCES, new TextSource.Data(params.sentences()), Rows.EACH, hooks))
                .build();
    }

    @Override
    public SentenceRelations run(Params params, Inputs inputs, OperationContext context) {
        Architecture architecture = context.model().architecture();
        Activations activations = inputs.activations(SENTENCES);
        List<SentencePair> pairs = new ArrayList<>();
        int example = 0;
        for (Example row : inputs.data(params.sentences())) {
            Optional<SentencePair> pair = SentencePair.find(row, example++, activations.rows());
            pair.ifPresent(pairs::add);
        }
        if (pairs.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.DATA_UNFIT,
                    "data." + params.sentences().name(),
                    "no text has both words of its pair",
                    "give texts in which head and tail stand as they are written");
        }
        HeadRanks ranks = new HeadRanks(context.random(SENTENCES));
        try (OperationContext.Progress progress =
                context.progress("blocks", blocks(params, architecture).size())) {
            for (int block : blocks(params, architecture)) {
                context.checkCancelled();
                for (SentencePair pair : pairs) {
                    ranks.add(SentenceScores.of(architecture, block, activations, pair), pair);
                }
                progress.advance(1);
            }
        }
        return ranks.result(pairs.size(), example - pairs.size());
    }
}
