package io.arrakis.tools.kg;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.stats.Half;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What all figures of an evaluation are measured on.
 *
 * @param params  what is evaluated
 * @param words   the words
 * @param pairs   the pairs
 * @param context the framework's services
 * @param rows    takes the figures
 */
record EvaluationInputs(
        EvaluateRelations.Params params,
        WordVectors words,
        PairSet pairs,
        OperationContext context,
        EvaluationRows rows) {

    String name(int relation) {
        return pairs.relations().get(relation);
    }

    /** Related pairs against unrelated ones that are made of them, of each half. */
    Detection against(int relation, UnaryOperator<List<WordPair>> teaching, UnaryOperator<List<WordPair>> trying) {
        List<WordPair> chosen = pairs.of(Half.SELECTION, relation);
        List<WordPair> held = pairs.of(Half.REPORT, relation);
        return new Detection(
                Detection.Sample.of(chosen, teaching.apply(chosen)), Detection.Sample.of(held, trying.apply(held)));
    }
}
