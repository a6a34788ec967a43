package io.arrakis.tools.prober;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.List;

/** Reports texts that do not say which part of them is meant, where {@link Pooling#SPAN} is asked for. */
record Spans(Pooling pooling, Planning planning, Problems problems) {

    private static final String PARAMETER = "pooling";
    private static final List<String> FIELDS = List.of("start", "end");

    void check(TextSet texts) {
        if (texts instanceof TextSet.OfData of) {
            check(of.data());
        } else {
            checkList();
        }
    }

    void check(DataRef data) {
        if (pooling == Pooling.SPAN) {
            FIELDS.forEach(field -> Fields.require(planning, data, field, PARAMETER, problems));
        }
    }

    /** Texts of a list have no fields. */
    void checkList() {
        if (pooling == Pooling.SPAN) {
            problems.at(PARAMETER)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "pooling span needs the fields start and end, which a list does not have",
                            "use a data set, or another pooling");
        }
    }

    /** Texts of a pair would need spans of their own. */
    void checkPairs() {
        if (pooling == Pooling.SPAN) {
            problems.at(PARAMETER)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "pooling span needs the fields start and end for each text, which pairs do not have",
                            "use a data set with the field label, or another pooling");
        }
    }
}
