package io.arrakis.tools.prober;

/**
 * Whether two words look like forms of one word: they begin alike and at most the last letters differ. A rule of spelling, good
 * enough to keep {@code walk}, {@code walks} and {@code walking} from counting as three neighbours; it knows no language.
 */
final class SpelledAlike {

    private static final int FEWEST = 3;
    private static final int SHORT = 4;

    private SpelledAlike() {}

    /**
     * Returns whether the words share their first three letters and all of the shorter one but its last two letters, or its last
     * one if it has at most four.
     */
    static boolean test(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int shared = 0;
        while (shared < shorter && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        return shared >= FEWEST && shared >= shorter - (shorter > SHORT ? 2 : 1);
    }
}
