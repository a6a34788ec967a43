package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the lemma that a word is an inflected form of: {@code banks}, {@code accused} and {@code ate} have entries of their own,
 * with few senses, and would count as words of few senses though they are forms of words of many.
 *
 * <p>A form is taken for inflected if the exception list of a part of speech gives another word for it, or if a rule of
 * detachment leads to a lemma of the rule's part of speech. At least two letters must stand before the ending. Where a rule
 * only takes an ending away, a doubled consonant before it may be single in the lemma: {@code planned}, {@code plan}. The rules
 * are those of WordNet's {@code morphy(7WN)}, with those of the adjectives for the adverbs too. They err on the side of leaving
 * out: {@code gas} goes for {@code ga}, {@code offer} for {@code off}.
 */
final class Inflection {

    private static final int SHORTEST_STEM = 2;

    private static final List<Rule> COMPARISON =
            List.of(new Rule("er", ""), new Rule("est", ""), new Rule("er", "e"), new Rule("est", "e"));

    private static final Map<PartOfSpeech, List<Rule>> RULES = new EnumMap<>(Map.of(
            PartOfSpeech.NOUN,
            List.of(
                    new Rule("s", ""),
                    new Rule("ses", "s"),
                    new Rule("xes", "x"),
                    new Rule("zes", "z"),
                    new Rule("ches", "ch"),
                    new Rule("shes", "sh"),
                    new Rule("men", "man"),
                    new Rule("ies", "y")),
            PartOfSpeech.VERB,
            List.of(
                    new Rule("s", ""),
                    new Rule("ies", "y"),
                    new Rule("es", "e"),
                    new Rule("es", ""),
                    new Rule("ed", "e"),
                    new Rule("ed", ""),
                    new Rule("ing", "e"),
                    new Rule("ing", "")),
            PartOfSpeech.ADJECTIVE,
            COMPARISON,
            PartOfSpeech.ADVERB,
            COMPARISON));

    private final WordNet wordNet;

    Inflection(WordNet wordNet) {
        this.wordNet = wordNet;
    }

    /** Returns a lemma that the form is an inflected form of, or nothing where it is none. */
    Optional<String> baseOf(String form) {
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            Optional<String> base = irregularBase(pos, form).or(() -> regularBase(pos, form));
            if (base.isPresent()) {
                return base;
            }
        }
        return Optional.empty();
    }

    private Optional<String> irregularBase(PartOfSpeech pos, String form) {
        return wordNet.irregularBases(pos, form).stream()
                .filter(base -> !base.equals(form))
                .findFirst();
    }

    private Optional<String> regularBase(PartOfSpeech pos, String form) {
        for (Rule rule : RULES.get(pos)) {
            for (String base : rule.bases(form)) {
                if (!base.equals(form) && wordNet.hasLemma(pos, base)) {
                    return Optional.of(base);
                }
            }
        }
        return Optional.empty();
    }

    private record Rule(String ending, String replacement) {

        List<String> bases(String form) {
            int stem = form.length() - ending.length();
            if (stem < SHORTEST_STEM || !form.endsWith(ending)) {
                return List.of();
            }
            List<String> bases = new ArrayList<>(2);
            bases.add(form.substring(0, stem) + replacement);
            if (replacement.isEmpty() && endsWithDoubledConsonant(form, stem)) {
                bases.add(form.substring(0, stem - 1));
            }
            return bases;
        }

        private static boolean endsWithDoubledConsonant(String form, int end) {
            char last = form.charAt(end - 1);
            return last == form.charAt(end - 2) && "aeiou".indexOf(last) < 0;
        }
    }
}
