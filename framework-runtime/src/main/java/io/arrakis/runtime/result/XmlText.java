package io.arrakis.runtime.result;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text in XML without loss: what XML cannot hold, or would change, is written as a backslash, {@code u} and four digits. */
final class XmlText {

    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9A-F]{4})");

    private XmlText() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean looksEscaped = letter == '\\' && i + 1 < text.length() && text.charAt(i + 1) == 'u';
            if (looksEscaped || letter < ' ' || (letter >= 0x7f && letter < 0xa0) || letter >= 0xfffe) {
                encoded.append(String.format("\\u%04X", (int) letter));
            } else {
                encoded.append(letter);
            }
        }
        return encoded.toString();
    }

    static String decode(String text) {
        return ESCAPED.matcher(text).replaceAll(XmlText::letter);
    }

    private static String letter(MatchResult match) {
        String letter = String.valueOf((char) Integer.parseInt(match.group(1), 16));
        return letter.replace("\\", "\\\\").replace("$", "\\$");
    }
}
