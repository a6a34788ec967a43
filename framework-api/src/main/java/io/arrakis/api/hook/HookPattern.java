package io.arrakis.api.hook;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.stability.Stable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names several hook points at once: names separated by commas, in which {@code *} stands for any text and
 * <code>{2,3}</code> for one of several, such as <code>blocks.{2,3}.mlp.hook_post, blocks.*.hook_resid_post</code>.
 *
 * @param text the pattern as written
 */
@Stable
public record HookPattern(String text) {
    /** Checks that the braces are closed and that no part is empty. */
    public HookPattern {
        parts(text).forEach(HookPattern::regex);
    }

    /**
     * The hook points that the pattern names, in forward order.
     *
     * @param available the hook points that the model has
     * @throws ArrakisException with {@code UNKNOWN-HOOK} if a part of the pattern, or one of several in braces, matches none of
     *     them; says the nearest names
     */
    public SortedSet<HookName> resolve(Collection<HookName> available) {
        SortedSet<HookName> found = new TreeSet<>();
        for (String part : parts(text)) {
            found.addAll(matches(part, available));
            choices(part).forEach(choice -> matches(choice, available));
        }
        return found;
    }

    private static List<HookName> matches(String part, Collection<HookName> available) {
        Pattern pattern = regex(part);
        List<HookName> matches = available.stream()
                .filter(name -> pattern.matcher(name.toString()).matches())
                .toList();
        if (matches.isEmpty()) {
            throw NearNames.unknown(
                    part, available.stream().map(HookName::toString).toList());
        }
        return matches;
    }

    /** The part with one of several in braces chosen, for each of them; what stands in other braces stays open. */
    private static List<String> choices(String part) {
        List<String> choices = new ArrayList<>();
        for (int open = part.indexOf('{'); open >= 0; open = part.indexOf('{', open + 1)) {
            int close = part.indexOf('}', open);
            for (String one : part.substring(open + 1, close).split(",", -1)) {
                choices.add(part.substring(0, open) + one + part.substring(close + 1));
            }
        }
        return choices;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth < 0 || depth > 1 || (depth == 1 && i == text.length())) {
                throw new IllegalArgumentException("unbalanced braces in hook pattern '" + text + "'");
            }
            if (c == ',' && depth == 0) {
                parts.add(part(text, start, i));
                start = i + 1;
            }
        }
        return parts;
    }

    private static String part(String text, int start, int end) {
        String part = text.substring(start, end).strip();
        if (part.isEmpty()) {
            throw new IllegalArgumentException("an empty name in hook pattern '" + text + "'; write '*' for all");
        }
        return part;
    }

    private static Pattern regex(String part) {
        StringBuilder regex = new StringBuilder();
        boolean inBraces = false;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '{' || c == '}') {
                inBraces = c == '{';
                regex.append(inBraces ? "(?:" : ")");
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == ',' && inBraces) {
                regex.append('|');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
