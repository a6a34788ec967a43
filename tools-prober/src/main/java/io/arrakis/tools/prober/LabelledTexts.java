package io.arrakis.tools.prober;

import io.arrakis.api.stats.Half;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Texts with and without a concept.
 *
 * @param ids    id of each text in its source
 * @param texts  the texts; empty where token ids were given
 * @param labels whether each has the concept
 * @param read   what is read of each: equal ones are one text
 */
record LabelledTexts(List<String> ids, List<String> texts, boolean[] labels, List<?> read) {

    private static final int FEW = 20;

    /** Characters of a text in a warning. */
    private static final int SHOWN = 80;

    /** Texts that differ where they are spelled differently. */
    LabelledTexts(List<String> ids, List<String> texts, boolean[] labels) {
        this(ids, texts, labels, texts);
    }

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

    /** Returns the same, of which texts are one that the model reads alike. */
    LabelledTexts readBy(Reading reading) {
        return readAs(texts.stream().map(reading::of).toList());
    }

    /** Returns the same, of which texts are one whose ids are the same. */
    LabelledTexts readAs(List<List<Integer>> tokens) {
        return new LabelledTexts(ids, texts, labels, tokens);
    }

    /** Returns the number of texts. */
    int size() {
        return labels.length;
    }

    /** Returns what a reader should know of these texts. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        List<Pair> both = onBothSides();
        if (!both.isEmpty()) {
            warnings.add(both.size() + " texts stand on both sides, such as " + first(both)
                    + "; no score can be right for them");
        }
        List<Pair> repeated = repeated();
        if (!repeated.isEmpty()) {
            warnings.add(repeated.size() + " texts repeat another of their side, such as " + first(repeated)
                    + ": each counts as one more, so that p-values are too small and intervals too narrow");
        }
        for (boolean label : new boolean[] {true, false}) {
            int count = count(label);
            if (count < FEW) {
                warnings.add("only " + count + " " + label + " texts: intervals are wide");
            }
        }
        return warnings;
    }

    /** Returns what a reader should know of these texts and the half of each. */
    List<String> warnings(List<Half> halves) {
        List<String> warnings = new ArrayList<>(warnings());
        List<Pair> both = inBothHalves(halves);
        if (!both.isEmpty()) {
            warnings.add(both.size() + " texts stand in both halves, such as " + first(both)
                    + ": what they choose is reported on them too, and looks too good");
        }
        return warnings;
    }

    /** Returns the texts that have the concept and do not. */
    List<Pair> onBothSides() {
        return inBoth(i -> labels[i], i -> !labels[i]);
    }

    /** Returns the texts that choose and are reported on. */
    List<Pair> inBothHalves(List<Half> halves) {
        return inBoth(i -> halves.get(i) == Half.SELECTION, i -> halves.get(i) == Half.REPORT);
    }

    private List<Pair> inBoth(IntPredicate one, IntPredicate other) {
        Map<Object, Integer> ones = firsts(one);
        Map<Object, Integer> others = firsts(other);
        return ones.keySet().stream()
                .filter(others::containsKey)
                .map(text -> new Pair(shown(ones.get(text)), shown(others.get(text))))
                .toList();
    }

    private List<Pair> repeated() {
        List<Pair> repeated = new ArrayList<>();
        for (boolean label : new boolean[] {true, false}) {
            Map<Object, Integer> firsts = firsts(i -> labels[i] == label);
            IntStream.range(0, size())
                    .filter(i -> labels[i] == label && firsts.get(read.get(i)) < i)
                    .mapToObj(i -> new Pair(shown(firsts.get(read.get(i))), shown(i)))
                    .forEach(repeated::add);
        }
        return repeated;
    }

    /** Returns the number of the first of each text. */
    private Map<Object, Integer> firsts(IntPredicate chosen) {
        Map<Object, Integer> firsts = new LinkedHashMap<>();
        IntStream.range(0, size()).filter(chosen).forEach(i -> firsts.putIfAbsent(read.get(i), i));
        return firsts;
    }

    private String shown(int text) {
        return texts.get(text).isEmpty() ? read.get(text).toString() : texts.get(text);
    }

    private static String quoted(String text) {
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + "'";
    }

    private static String first(List<Pair> pairs) {
        return pairs.stream().min(Comparator.comparing(Pair::one)).orElseThrow().said();
    }

    /** Two texts that are one to the model. */
    record Pair(String one, String other) {

        private String said() {
            return one.equals(other)
                    ? quoted(one)
                    : quoted(one) + " and " + quoted(other) + ", which the model reads alike";
        }
    }

    int count(boolean label) {
        int count = 0;
        for (boolean one : labels) {
            count += one == label ? 1 : 0;
        }
        return count;
    }
}
