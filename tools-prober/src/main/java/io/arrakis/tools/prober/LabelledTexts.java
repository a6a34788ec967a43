package io.arrakis.tools.prober;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts with and without a concept.
 *
 * @param ids    id of each text in its source
 * @param texts  the texts; empty where token ids were given
 * @param labels whether each has the concept
 */
record LabelledTexts(List<String> ids, List<String> texts, boolean[] labels) {

    private static final int FEW = 20;

    /** Puts the texts with the concept before those without. */
    static LabelledTexts of(TextSide withConcept, TextSide without) {
        List<String> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean[] labels = new boolean[withConcept.rows().length + without.rows().length];
        for (TextSide side : List.of(withConcept, without)) {
            for (int i = 0; i < side.rows().length; i++) {
                labels[ids.size()] = ids.size() < withConcept.rows().length;
                ids.add(side.id(i));
                texts.add(side.text(i));
            }
        }
        return new LabelledTexts(ids, texts, labels);
    }

    /** Returns the number of texts. */
    int size() {
        return labels.length;
    }

    /** Returns what a reader should know of these texts. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Set<String> onBothSides = onBothSides();
        if (!onBothSides.isEmpty()) {
            warnings.add(onBothSides.size() + " texts stand on both sides, such as '"
                    + onBothSides.stream().sorted().findFirst().orElseThrow() + "'; no score can be right for them");
        }
        for (boolean label : new boolean[] {true, false}) {
            int count = count(label);
            if (count < FEW) {
                warnings.add("only " + count + " " + label + " texts: intervals are wide");
            }
        }
        return warnings;
    }

    /** Returns the texts that have the concept and do not. */
    Set<String> onBothSides() {
        Set<String> onBothSides = distinct(true);
        onBothSides.retainAll(distinct(false));
        onBothSides.remove("");
        return onBothSides;
    }

    int count(boolean label) {
        int count = 0;
        for (boolean one : labels) {
            count += one == label ? 1 : 0;
        }
        return count;
    }

    private Set<String> distinct(boolean label) {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == label) {
                found.add(texts.get(i));
            }
        }
        return found;
    }
}
