package io.arrakis.tools.lens;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Weights;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.OperationContext;
import java.util.Optional;
import java.util.stream.IntStream;

/** Takes the stream apart, some places at a time. Used once. */
final class PartSurvey {

    private static final String SUBJECT = "residual decomposition";
    private static final int PLACES_AT_A_TIME = 512;

    private final StreamParts parts;
    private final Activations activations;
    private final TokenRows rows;
    private final Weights weights;
    private final OperationContext context;
    private final Rounding rounding;
    private final Optional<ScoreTarget> target;
    private final PartTally shares;
    private final PartTally scores;
    private double largestDifference;
    private double largestScoreDifference;

    PartSurvey(StreamParts parts, Inputs inputs, OperationContext context, Optional<ScoreTarget> target) {
        this.parts = parts;
        this.activations = inputs.activations(ResidualDecomposition.CAPTURE);
        this.rows = activations.rows();
        this.weights = inputs.weights();
        this.context = context;
        this.rounding = new Rounding(context.computeType());
        this.target = target;
        this.shares = new PartTally(rows.examples());
        this.scores = new PartTally(rows.examples());
    }

    ResidualParts survey() {
        ListedTexts.requireToken(rows);
        try (OperationContext.Progress progress = context.progress("parts of the stream", rows.count())) {
            for (int first = 0; first < rows.count(); first += PLACES_AT_A_TIME) {
                context.checkCancelled();
                int[] places = IntStream.range(first, Math.min(first + PLACES_AT_A_TIME, rows.count()))
                        .toArray();
                survey(places);
                progress.advance(places.length);
            }
        }
        return new PartReport(context, parts, shares, scores)
                .result(
                        target.map(ScoreTarget::name),
                        new PartReport.Differences(largestDifference, largestScoreDifference),
                        rows.cut());
    }

    private void survey(int[] places) {
        ResidualStream stream = parts.at(places, activations, weights, context.linearAlgebra());
        Matrix whole = Matrix.captured(activations, HookName.residual(parts.layer()), places);
        double difference = rounding.require(
                SUBJECT,
                "the parts do not sum to the residual stream",
                stream.total().values(),
                whole.values());
        largestDifference = Math.max(largestDifference, difference);
        Ledger ledger = new Ledger(places.length);
        stream.enter(perSquare(whole), ledger);
        for (int i = 0; i < places.length; i++) {
            shares.add(rows.example(places[i]), ledger, i);
        }
        target.ifPresent(it -> scores(it, stream, whole, places));
    }

    /** Returns rows whose inner product with the rows themselves is 1. */
    private static Matrix perSquare(Matrix whole) {
        Matrix directions = whole.copy();
        for (int row = 0; row < whole.rows(); row++) {
            double square = whole.dot(row, whole);
            for (int i = 0; i < whole.columns(); i++) {
                directions.values()[row * whole.columns() + i] /= (float) square;
            }
        }
        return directions;
    }

    private void scores(ScoreTarget asked, ResidualStream stream, Matrix whole, int[] places) {
        Matrix directions = Matrix.zeros(places.length, whole.columns());
        double[] biases = new double[places.length];
        boolean[] has = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            Optional<ScoreTarget.Direction> direction = asked.at(rows, places[i]);
            has[i] = direction.isPresent();
            if (has[i]) {
                System.arraycopy(
                        direction.get().vector(), 0, directions.values(), i * whole.columns(), whole.columns());
                biases[i] = direction.get().bias();
            }
        }
        Ledger ledger = new Ledger(places.length);
        FrozenNorm last = new FrozenNorm(asked.unembedding().norm(), "ln_final");
        last.forward(whole);
        stream.enter(last.backward(directions, ledger), ledger);
        if (asked.unembedding().hasBias()) {
            ledger.put(Part.outside(Part.Kind.UNEMBEDDING_BIAS), biases);
        }
        Matrix normalized = Matrix.captured(activations, HookName.of(HookPoint.FINAL_NORMALIZED), places);
        for (int i = 0; i < places.length; i++) {
            if (has[i]) {
                double models = normalized.dot(i, directions) + biases[i];
                double difference = Math.abs(ledger.sum(i) - models);
                largestScoreDifference = Math.max(
                        largestScoreDifference,
                        rounding.require(
                                SUBJECT,
                                "the parts do not sum to the score of the model",
                                difference,
                                ledger.largest(i)));
                scores.add(rows.example(places[i]), ledger, i);
            }
        }
    }
}
