package io.arrakis.data.wordnet;

import java.util.Comparator;

/**
 * The name of a synset.
 *
 * @param pos    its part of speech
 * @param offset where its line starts in the data file of that part of speech, in bytes
 */
record SynsetId(PartOfSpeech pos, int offset) implements Comparable<SynsetId> {

    private static final int EIGHT_DIGITS = 100_000_000;
    private static final Comparator<SynsetId> ORDER =
            Comparator.comparing(SynsetId::pos).thenComparingInt(SynsetId::offset);

    /** Returns 0 or 1: the lowest bit of the CRC-32 of the name. */
    int half() {
        return Halves.of(toString());
    }

    /** Compares by part of speech, then by offset: the order of the corpus. */
    @Override
    public int compareTo(SynsetId other) {
        return ORDER.compare(this, other);
    }

    /** Returns the letter of the part of speech and eight digits, such as {@code n02086723}. */
    @Override
    public String toString() {
        return pos.letter() + Integer.toString(EIGHT_DIGITS + offset).substring(1);
    }
}
