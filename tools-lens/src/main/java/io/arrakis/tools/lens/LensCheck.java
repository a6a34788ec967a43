package io.arrakis.tools.lens;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.problem.ArrakisException;
import java.util.List;
import java.util.stream.IntStream;

/** Holds the scores of the last layer against those of the model, on the first text that has a token. */
final class LensCheck {

    private final OperationContext context;
    private final Unembedding unembedding;

    LensCheck(OperationContext context, Unembedding unembedding) {
        this.context = context;
        this.unembedding = unembedding;
    }

    /**
     * Returns the largest difference.
     *
     * @throws ArrakisException if it is more than rounding
     */
    double largestDifference(Activations activations, int lastLayer) {
        TokenRows rows = activations.rows();
        int text = rows.example(0);
        int[] places = IntStream.range(0, rows.firstRow(text + 1)).toArray();
        TokenRow tokens = TokenRow.of(IntStream.of(places).map(rows::tokenId).toArray());
        Matrix residuals = Matrix.captured(activations, HookName.residual(lastLayer), places);
        float[] ours = unembedding.logits(unembedding.normalized(residuals)).values();
        HookName logits = HookName.of(HookPoint.LOGITS);
        try (Capture capture = context.passes().run(TokenRow.batch(List.of(tokens)), ForwardRequest.keep(logits))) {
            return new Rounding(context.computeType())
                    .require(
                            "logit lens",
                            "the scores of the last layer differ from the model's own",
                            ours,
                            capture.toArray(logits));
        }
    }
}
