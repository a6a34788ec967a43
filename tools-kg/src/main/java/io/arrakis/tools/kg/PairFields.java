package io.arrakis.tools.kg;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.List;

/** The fields of data sets of word pairs. */
final class PairFields {

    static final String RELATION = "relation";
    static final String HEAD = "head";
    static final String TAIL = "tail";

    private PairFields() {}

    /** Reports against a parameter every field that a data set lacks. */
    static void require(List<String> wanted, DataRef data, String parameter, Planning planning, Problems problems) {
        List<String> fields = planning.fields(data);
        for (String field : wanted) {
            if (!fields.contains(field)) {
                problems.at(parameter)
                        .error(
                                ErrorCode.DATA_UNFIT,
                                "data set '" + data.name() + "' has no field '" + field + "'",
                                fields.isEmpty() ? "it has no fields" : "its fields are " + String.join(", ", fields));
            }
        }
    }
}
