package io.arrakis.tools.kg;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Evaluation;
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
        Evaluation.Builder rows) {

    String name(int relation) {
        return pairs.relations().get(relation);
    }

    /** Related pairs against unrelated ones that are made of them, of each half. */
    Detection against(int relation, UnaryOperator<List<WordPair>> unrelated) {
        return new Detection(sample(Half.SELECTION, relation, unrelated), sample(Half.REPORT, relation, unrelated));
    }

    /** The same of one half. */
    Detection.Sample sample(Half half, int relation, UnaryOperator<List<WordPair>> unrelated) {
        List<WordPair> related = pairs.of(half, relation);
        return Detection.Sample.of(related, unrelated.apply(related));
    }
}
