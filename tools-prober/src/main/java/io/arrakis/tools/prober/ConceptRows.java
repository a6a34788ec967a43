package io.arrakis.tools.prober;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.Half;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of one concept among the rows of a data set.
 *
 * @param withConcept rows with the concept
 * @param without     rows without
 * @param halves      half of each row with, then of each row without
 */
record ConceptRows(int[] withConcept, int[] without, List<Half> halves) {

    private static final List<String> FIELDS = List.of("class", "label", "half");

    /** Reports against a parameter if a data set lacks one of the fields class, label and half. */
    static void check(Planning planning, DataRef data, String parameter, Problems problems) {
        FIELDS.forEach(field -> Fields.require(planning, data, field, parameter, problems));
    }

    /** Returns the rows of each concept, in the order of the data. */
    static Map<String, ConceptRows> read(Dataset rows, DataRef data) {
        Map<String, Growing> concepts = new LinkedHashMap<>();
        int row = 0;
        for (Example example : rows) {
            String concept = example.text("class").orElseThrow(() -> bad(data, example, "class"));
            concepts.computeIfAbsent(concept, added -> new Growing()).add(example, row++, data);
        }
        Map<String, ConceptRows> read = new LinkedHashMap<>();
        concepts.forEach((name, growing) -> {
            ConceptRows found = growing.rows();
            for (Half half : Half.values()) {
                found.requireBoth(half, name, data);
            }
            read.put(name, found);
        });
        return read;
    }

    private void requireBoth(Half half, String concept, DataRef data) {
        for (boolean label : new boolean[] {true, false}) {
            int first = label ? 0 : withConcept.length;
            int count = label ? withConcept.length : without.length;
            long ofHalf = halves.subList(first, first + count).stream()
                    .filter(one -> one == half)
                    .count();
            if (ofHalf < ConceptTexts.FEWEST_A_SIDE) {
                throw new ArrakisException(
                        ErrorCode.DATA_UNFIT,
                        "data." + data.name(),
                        "the concept '" + concept + "' has " + ofHalf + " rows with label " + label + " and half "
                                + (half == Half.SELECTION ? 0 : 1) + ", and " + ConceptTexts.FEWEST_A_SIDE
                                + " are needed",
                        "give more rows, or divide them into halves otherwise");
            }
        }
    }

    private static ArrakisException bad(DataRef data, Example example, String field) {
        return new ArrakisException(
                ErrorCode.DATA_ROW,
                "data." + data.name(),
                "row " + example.id() + ": the field '" + field + "' is "
                        + example.text(field).map(value -> "'" + value + "'").orElse("not there"),
                "write class, label (true or false, 1 or 0) and half (0 or 1)");
    }

    private static final class Growing {

        private final List<Integer> withConcept = new ArrayList<>();
        private final List<Integer> without = new ArrayList<>();
        private final List<Half> halvesWith = new ArrayList<>();
        private final List<Half> halvesWithout = new ArrayList<>();

        void add(Example example, int row, DataRef data) {
            boolean label = Labels.read(example, "label").orElseThrow(() -> bad(data, example, "label"));
            Half half =
                    switch (example.text("half").orElse("")) {
                        case "0" -> Half.SELECTION;
                        case "1" -> Half.REPORT;
                        default -> throw bad(data, example, "half");
                    };
            (label ? withConcept : without).add(row);
            (label ? halvesWith : halvesWithout).add(half);
        }

        ConceptRows rows() {
            List<Half> halves = new ArrayList<>(halvesWith);
            halves.addAll(halvesWithout);
            return new ConceptRows(array(withConcept), array(without), halves);
        }

        private static int[] array(List<Integer> rows) {
            return rows.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
