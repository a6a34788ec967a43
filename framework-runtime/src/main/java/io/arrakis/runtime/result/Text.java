package io.arrakis.runtime.result;

import io.arrakis.api.result.Table;
import java.util.List;

/** Refuses text that no file can hold: half of a surrogate pair. */
final class Text {

    private Text() {}

    static String require(String text, Place place) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isHighSurrogate(letter)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(letter)) {
                throw UnfitResultException.of(
                        place, "has half of a character at index " + i + "; cut texts between code points");
            }
        }
        return text;
    }

    static void require(Table table, Place place) {
        List<List<Object>> rows = table.rows();
        for (int row = 0; row < rows.size(); row++) {
            for (Object cell : rows.get(row)) {
                if (cell instanceof String text) {
                    require(text, place.element(row));
                }
            }
        }
    }
}
