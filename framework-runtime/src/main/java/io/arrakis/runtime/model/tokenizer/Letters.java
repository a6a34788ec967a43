package io.arrakis.runtime.model.tokenizer;

/** What letters are: those of Unicode, with the marks that combine with them. */
final class Letters {

    private Letters() {}

    /** Returns whether a text is a letter, then letters and marks. */
    static boolean only(CharSequence text) {
        return text.length() > 0
                && Character.isLetter(Character.codePointAt(text, 0))
                && text.codePoints().allMatch(c -> Character.isLetter(c) || isMark(c));
    }

    /** Returns whether a character beside a word makes it longer: letters, digits, marks, but no ideographs. */
    static boolean prolongs(int codePoint) {
        return (Character.isLetterOrDigit(codePoint) || isMark(codePoint)) && !Character.isIdeographic(codePoint);
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
