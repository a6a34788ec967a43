package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.result.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What can be asked for beside the subspaces: the check against a forward pass, what heads read and write, what leads each direction,
 * and which components explain scores.
 *
 * @param params  what is asked for
 * @param blocks  the blocks
 */
record Companions(ExtractRelationalSubspaces.Params params, List<Integer> blocks) {

    private static final String VOCABULARY = "vocabulary";

    /** What was found. */
    record Found(
            Optional<ScoreCheck> check,
            Optional<OvSubspaces> ov,
            Optional<Table> directions,
            Optional<Table> explaining,
            List<String> warnings) {}

    void require(Planning planning, Requirements.Builder requirements) {
        Architecture architecture = planning.model().architecture();
        if (params.ov()) {
            blocks.forEach(block -> requirements.weights(ValueOutput.weights(architecture, block)));
        }
        if (params.check()) {
            Requirements.Passes passes = ForwardCheck.passes(architecture, blocks.size());
            requirements.passes(passes.atMost(), passes.bytesATime());
        }
        if (readsContexts()) {
            requirements.capture(ContextRows.request(params.contexts(), blocks, architecture, planning.tokenizer()));
        }
        if (params.describe()) {
            vocabulary(Reference.sample(planning.tokenizer())).require(requirements, planning);
        }
    }

    private boolean readsContexts() {
        return params.describe() || params.explainShare().isPresent();
    }

    private TokenReader vocabulary(TokenSet words) {
        return new TokenReader(VOCABULARY, words, new TokenSource.WordAlone(), blocks);
    }

    Found find(
            List<HeadSubspace> heads,
            BlockSubspaces extraction,
            IntFunction<BlockWeights> weights,
            Inputs inputs,
            OperationContext context) {
        return new Found(
                params.check()
                        ? Optional.of(new ForwardCheck(blocks)
                                .run(block -> BlockAttention.read(weights.apply(block)), context))
                        : Optional.empty(),
                params.ov() ? Optional.of(ov(weights, context)) : Optional.empty(),
                params.describe() ? Optional.of(directions(heads, inputs, context)) : Optional.empty(),
                params.explainShare().isPresent()
                        ? Optional.of(explaining(extraction, weights, inputs, context))
                        : Optional.empty(),
                warnings(inputs, context));
    }

    private List<String> warnings(Inputs inputs, OperationContext context) {
        List<String> warnings = new ArrayList<>();
        if (readsContexts()) {
            ContextRows.of(inputs.activations(ContextRows.CAPTURE)).leftOut().ifPresent(warnings::add);
        }
        if (params.explainShare().isPresent()
                && ExtractRelationalSubspaces.turns(blocks, context.model().architecture())) {
            warnings.add(
                    "explain_share is of scores as they would be if all pairs stood at relative_position: the model has"
                            + " rotary positions, which turn each pair by its own distance");
        }
        return warnings;
    }

    private OvSubspaces ov(IntFunction<BlockWeights> weights, OperationContext context) {
        OvExtraction extraction =
                new OvExtraction(context.linearAlgebra(), context.random("values and outputs"), params.topK());
        for (int block : blocks) {
            context.checkCancelled();
            extraction.add(block, ValueOutput.read(weights.apply(block)));
        }
        return extraction.result();
    }

    private Table directions(List<HeadSubspace> heads, Inputs inputs, OperationContext context) {
        DirectionTable directions = new DirectionTable(
                vocabulary(Reference.sample(context.tokenizer())).read(inputs, context),
                ContextRows.of(inputs.activations(ContextRows.CAPTURE)),
                context.tokenizer(),
                context.linearAlgebra());
        Table.Builder table = DirectionTable.columns();
        for (int block : blocks) {
            context.checkCancelled();
            directions.add(
                    block, heads.stream().filter(head -> head.block() == block).toList(), table);
        }
        return table.build();
    }

    private Table explaining(
            BlockSubspaces extraction, IntFunction<BlockWeights> weights, Inputs inputs, OperationContext context) {
        ExplainingSets sets = new ExplainingSets(
                context.model().architecture().attention(),
                ContextRows.of(inputs.activations(ContextRows.CAPTURE)),
                params.explainShare().orElseThrow(),
                params.topK(),
                extraction,
                context.linearAlgebra());
        Table.Builder table = ExplainingSets.columns();
        for (int block : blocks) {
            context.checkCancelled();
            sets.add(block, BlockAttention.read(weights.apply(block)), table);
        }
        return table.build();
    }
}
