package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runtime.result.Json;

/** Writes HTML in which no text can become markup. */
final class Html {

    private final StringBuilder out = new StringBuilder(1 << 16);

    /** Writes a piece of the page's own markup, which must hold nothing of a user's. */
    Html markup(String trusted) {
        out.append(trusted);
        return this;
    }

    /** Writes text. */
    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Writes an element with text in it. */
    Html element(String name, String text) {
        return markup("<" + name + ">").text(text).markup("</" + name + ">\n");
    }

    /** Writes an element of a class with text in it. */
    Html element(String name, String styleClass, String text) {
        return markup("<" + name + " class=\"" + styleClass + "\">").text(text).markup("</" + name + ">\n");
    }

    /** Writes a value of an attribute with its quotes. */
    Html attribute(String name, String value) {
        return markup(" " + name + "=\"").text(value).markup("\"");
    }

    /** Writes data for the page's script: nothing in it can end the element or begin a comment. */
    Html data(String id, JsonNode tree) {
        return markup("<script type=\"application/json\"")
                .attribute("id", id)
                .markup(">")
                .markup(escapeJson(Json.text(tree)))
                .markup("</script>\n");
    }

    /** Writes a picture that the page's script draws. */
    Html picture(String id, String caption, JsonNode figure) {
        markup("<figure class=\"picture\"><figcaption>").text(caption).markup("</figcaption>");
        markup("<div class=\"chart\" role=\"img\"")
                .attribute("aria-label", caption)
                .attribute("data-figure", id)
                .markup("></div>\n");
        return data(id, figure).markup("</figure>\n");
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case 0 -> escaped.append('\uFFFD');
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    static String escapeJson(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
