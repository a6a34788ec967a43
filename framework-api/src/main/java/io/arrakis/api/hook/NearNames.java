package io.arrakis.api.hook;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names that a mistyped one is nearest to. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** The problem of a hook name or pattern that means nothing here. */
    static ArrakisException unknown(String text, Collection<String> known) {
        return new ArrakisException(
                ErrorCode.UNKNOWN_HOOK,
                "hook point '" + text + "'",
                "there is no such hook point",
                "did you mean " + String.join(" or ", of(text, known)) + "?");
    }

    /** The nearest names by edit distance, nearest first, at most three. */
    static List<String> of(String text, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
