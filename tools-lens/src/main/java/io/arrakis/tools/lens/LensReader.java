package io.arrakis.tools.lens;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.operation.OperationContext;
import java.util.List;
import java.util.stream.IntStream;

/** Applies the unembedding to the residual stream, some places at a time. Used once. */
final class LensReader {

    static final String CAPTURE = "residuals";

    /** Scores that are held at a time, unless one place alone has more. */
    private static final long SCORES_AT_A_TIME = 16L << 20;

    private final Activations activations;
    private final TokenRows rows;
    private final List<Integer> layers;
    private final Unembedding unembedding;
    private final OperationContext context;

    LensReader(Activations activations, List<Integer> layers, Unembedding unembedding, OperationContext context) {
        this.activations = activations;
        this.rows = activations.rows();
        this.layers = layers;
        this.unembedding = unembedding;
        this.context = context;
    }

    LensReadings read(int shownTexts, int top) {
        ListedTexts.requireToken(rows);
        LensCheck check = new LensCheck(context, unembedding);
        double difference = check.largestDifference(activations, layers.get(layers.size() - 1));
        LensTally tally = new LensTally(layers, rows, context, new LensTally.Shown(shownTexts, top));
        long perPlace =
                (long) layers.size() * context.model().architecture().dims().dVocab();
        int step = (int) Math.max(1, Math.min(SCORES_AT_A_TIME / perPlace, rows.count()));
        try (OperationContext.Progress progress = context.progress("logit lens", rows.count())) {
            for (int first = 0; first < rows.count(); first += step) {
                context.checkCancelled();
                int count = Math.min(step, rows.count() - first);
                readPlaces(first, count, tally);
                progress.advance(count);
            }
        }
        return tally.result(difference);
    }

    private void readPlaces(int first, int count, LensTally tally) {
        int[] places = IntStream.range(first, first + count).toArray();
        List<Matrix> scores = layers.stream()
                .map(layer -> scores(HookName.residual(layer), places))
                .toList();
        for (int i = 0; i < count; i++) {
            int row = i;
            tally.add(
                    first + i,
                    scores.stream().map(layer -> new Distribution(layer, row)).toList());
        }
    }

    private Matrix scores(HookName hook, int[] places) {
        return unembedding.logits(unembedding.normalized(Matrix.captured(activations, hook, places)));
    }
}
