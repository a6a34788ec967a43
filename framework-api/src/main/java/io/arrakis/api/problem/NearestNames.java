package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the known names that a mistyped one is nearest to. */
@Stable
public final class NearestNames {

    private NearestNames() {}

    /**
     * Returns the nearest names by edit distance, nearest first. Costs the product of the lengths for each name.
     *
     * @param limit how many at most
     */
    public static List<String> of(String text, Collection<String> known, int limit) {
        return known.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit)
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
