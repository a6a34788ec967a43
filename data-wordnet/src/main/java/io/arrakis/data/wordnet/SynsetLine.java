package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a line of a data file, field by field: first the synset, then, where they are asked for, its pointers.
 *
 * @see "wndb(5WN), the format of WordNet's database files"
 */
final class SynsetLine {

    private static final int HEX = 16;
    private static final String GLOSS = " | ";

    private final PartOfSpeech pos;
    private final String line;
    private int at;

    private SynsetLine(PartOfSpeech pos, String line) {
        this.pos = pos;
        this.line = line;
    }

    /** Reads the synset of a line. */
    static Synset synset(PartOfSpeech pos, String line) {
        return new SynsetLine(pos, line).readSynset();
    }

    /** Reads the pointers of a line that {@link PointerType} knows, in their order. */
    static List<Pointer> pointers(PartOfSpeech pos, String line) {
        SynsetLine reader = new SynsetLine(pos, line);
        reader.readSynset();
        return reader.readPointers();
    }

    /** Returns what follows the data proper in a line. */
    static String gloss(String line) {
        int start = line.indexOf(GLOSS);
        if (start < 0) {
            throw new IllegalArgumentException("a line of the dictionary without a gloss: " + line);
        }
        return line.substring(start + GLOSS.length());
    }

    private Synset readSynset() {
        SynsetId id = new SynsetId(pos, Integer.parseInt(next()));
        int lexicographerFile = Integer.parseInt(next());
        next(); // the kind of synset, which tells satellites from other adjectives
        return new Synset(id, lexicographerFile, readWords(), gloss(line));
    }

    private List<String> readWords() {
        int count = Integer.parseInt(next(), HEX);
        List<String> words = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            words.add(withoutMarker(next()));
            next(); // the number that tells apart equal words of one lexicographer file
        }
        return words;
    }

    /** Takes away {@code (a)}, {@code (p)} or {@code (ip)}: where in a sentence an adjective can stand. */
    private static String withoutMarker(String word) {
        int bracket = word.endsWith(")") ? word.lastIndexOf('(') : -1;
        return bracket > 0 ? word.substring(0, bracket) : word;
    }

    private List<Pointer> readPointers() {
        int count = Integer.parseInt(next());
        List<Pointer> pointers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String symbol = next();
            int offset = Integer.parseInt(next());
            PartOfSpeech target = PartOfSpeech.ofLetter(next().charAt(0));
            int words = Integer.parseInt(next(), HEX);
            PointerType.ofSymbol(symbol)
                    .ifPresent(type ->
                            pointers.add(new Pointer(type, new SynsetId(target, offset), words >> 8, words & 0xff)));
        }
        return pointers;
    }

    private String next() {
        int end = line.indexOf(' ', at);
        String field = line.substring(at, end);
        at = end + 1;
        return field;
    }
}
