package io.arrakis.tools.prober;

import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.Half;
import io.arrakis.api.stats.Halves;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which half each text is in: by a field with 0 or 1 where one is named, by CRC-32 of its id in a data set, by CRC-32 of the
 * text in a list. So equal texts of a list are in one half, and a text stays in its half when others come and go.
 */
final class TextHalves {

    private final Inputs inputs;
    private final Optional<String> field;

    TextHalves(Inputs inputs, Optional<String> field) {
        this.inputs = inputs;
        this.field = field;
    }

    List<Half> of(TextSet texts, TokenRows rows) {
        List<Half> halves = new ArrayList<>();
        if (texts instanceof TextSet.OfData of && field.isPresent()) {
            for (Example example : inputs.data(of.data())) {
                halves.add(half(example, field.get(), of.data()));
            }
            return halves;
        }
        for (int i = 0; i < rows.examples(); i++) {
            halves.add(Halves.of(texts instanceof TextSet.OfData ? rows.exampleId(i) : rows.text(i)));
        }
        return halves;
    }

    private static Half half(Example example, String field, DataRef data) {
        String written = example.text(field).orElse("");
        return switch (written) {
            case "0" -> Half.SELECTION;
            case "1" -> Half.REPORT;
            default ->
                throw new ArrakisException(
                        ErrorCode.DATA_ROW,
                        "data." + data.name(),
                        "row " + example.id() + ": the field '" + field + "' is '" + written + "'",
                        "write 0 for texts to choose on, 1 for texts to report on");
        };
    }
}
