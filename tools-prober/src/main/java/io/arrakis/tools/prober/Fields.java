package io.arrakis.tools.prober;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.List;

/** Checks that a data set has the fields that an operation will read. */
final class Fields {

    private Fields() {}

    /** Reports against a parameter if a data set lacks a field. */
    static void require(Planning planning, DataRef data, String field, String parameter, Problems problems) {
        List<String> fields = planning.fields(data);
        if (!fields.contains(field)) {
            problems.at(parameter)
                    .error(
                            ErrorCode.DATA_UNFIT,
                            "the rows of data." + data.name() + " have no field '" + field + "'",
                            fields.isEmpty() ? "they have none" : "fields: " + String.join(", ", fields));
        }
    }
}
