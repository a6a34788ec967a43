package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known names that a mistyped one is nearest to. */
@Stable
public final class NearestNames {

    private NearestNames() {}

    /**
     * Returns the nearest names by edit distance, nearest first; letter case does not count. Costs the product of the lengths for each name.
     *
     * @param limit how many at most
     */
    public static List<String> of(String text, Collection<String> known, int limit) {
        return known.stream().sorted(byDistance(text)).limit(limit).toList();
    }

    /**
     * Returns the one name that was probably meant: the nearest, where no more than a third of the letters differ, else the only
     * one that contains what was written; nothing where there is none. Letter case does not count.
     */
    public static Optional<String> near(String wrong, Collection<String> known) {
        int limit = Math.max(1, wrong.length() / 3);
        return known.stream()
                .filter(name -> distance(wrong, name) <= limit)
                .min(byDistance(wrong))
                .or(() -> containing(wrong, known));
    }

    private static Optional<String> containing(String wrong, Collection<String> known) {
        List<String> longer = wrong.length() < 3
                ? List.of()
                : known.stream()
                        .filter(name -> name.contains(wrong.toLowerCase(Locale.ROOT)))
                        .toList();
        return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
    }

    private static Comparator<String> byDistance(String text) {
        return Comparator.comparingInt((String name) -> distance(text, name)).thenComparing(Comparator.naturalOrder());
    }

    /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, letter case ignored. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int differ = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + differ, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
