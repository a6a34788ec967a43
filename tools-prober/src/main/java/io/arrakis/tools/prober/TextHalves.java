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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which half each text is in: by a field with 0 or 1 where one is named, by CRC-32 of its id in a data set, by CRC-32 of the
 * text in a list. Without a field equal texts are in the half of the first of them, whichever side that is on: what a text
 * chose is never reported on its copy. Other texts stay in their half when some come and go.
 */
final class TextHalves {

    private final Inputs inputs;
    private final Optional<String> field;
    private final Map<String, Half> known = new HashMap<>();

    TextHalves(Inputs inputs, Optional<String> field) {
        this.inputs = inputs;
        this.field = field;
    }

    /** Returns the halves of the texts of a side; of both sides one object is asked. */
    List<Half> of(TextSet texts, TokenRows rows) {
        List<Half> halves = new ArrayList<>();
        if (texts instanceof TextSet.OfData of && field.isPresent()) {
            for (Example example : inputs.data(of.data())) {
                halves.add(half(example, field.get(), of.data()));
            }
            return halves;
        }
        for (int i = 0; i < rows.examples(); i++) {
            String name = texts instanceof TextSet.OfData ? rows.exampleId(i) : rows.text(i);
            halves.add(known.computeIfAbsent(rows.text(i), first -> Halves.of(name)));
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
