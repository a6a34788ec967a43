package io.arrakis.data.wordnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All nouns of a class, found along the pointers to kinds and instances.
 *
 * @param root    what the class is called; not one of the members
 * @param members in the order of their offsets
 * @param naming  finds a lemma of the root, or its plural, in a text
 */
record ClassMembers(Synset root, Set<SynsetId> members, Pattern naming) {

    private static final Set<PointerType> DOWN = EnumSet.of(PointerType.HYPONYM, PointerType.INSTANCE_HYPONYM);

    /** Collects the members of a class. */
    static ClassMembers of(WordClass wordClass, WordNet wordNet) {
        Synset root = wordNet.synset(wordClass.root(wordNet));
        Set<SynsetId> members = new TreeSet<>();
        Deque<SynsetId> open = new ArrayDeque<>(List.of(root.id()));
        while (!open.isEmpty()) {
            for (Pointer pointer : wordNet.pointers(open.remove())) {
                if (DOWN.contains(pointer.type()) && members.add(pointer.target())) {
                    open.add(pointer.target());
                }
            }
        }
        return new ClassMembers(root, members, naming(root));
    }

    /** Returns whether a noun is the root or a member. */
    boolean contains(SynsetId noun) {
        return noun.equals(root.id()) || members.contains(noun);
    }

    /** Returns whether a text names the class, so that it could be told from that word alone. */
    boolean isNamedIn(String text) {
        return naming.matcher(text).find();
    }

    private static Pattern naming(Synset root) {
        List<String> forms = new ArrayList<>();
        for (String lemma : root.lemmas()) {
            forms.add(Pattern.quote(lemma) + "(?:s|es)?");
            if (lemma.endsWith("y")) {
                forms.add(Pattern.quote(lemma.substring(0, lemma.length() - 1)) + "ies");
            }
        }
        return Pattern.compile(
                forms.stream().collect(Collectors.joining("|", "\\b(?:", ")\\b")), Pattern.CASE_INSENSITIVE);
    }
}
