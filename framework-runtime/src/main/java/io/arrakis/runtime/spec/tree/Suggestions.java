package io.arrakis.runtime.spec.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what could have been meant by a name that nobody knows. */
public final class Suggestions {

    private static final int MOST_LISTED = 10;

    private Suggestions() {}

    /**
     * Returns {@code did you mean 'k_neighbors'? options: contexts, k_neighbors, layer_idx}: the nearest name where one is
     * near, and the names, sorted, the nearest ten where there are more.
     *
     * @param noun plural word for the names, such as {@code options}
     */
    public static String mend(String wrong, Collection<String> known, String noun) {
        if (known.isEmpty()) {
            return "there are no " + noun;
        }
        String listed = noun + ": " + list(wrong, known);
        return nearest(wrong, known)
                .map(near -> "did you mean '" + near + "'? " + listed)
                .orElse(listed);
    }

    /** Returns the nearest name, or nothing where none is near. */
    public static Optional<String> nearest(String wrong, Collection<String> known) {
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

    private static String list(String wrong, Collection<String> known) {
        List<String> shown = known.stream()
                .distinct()
                .sorted(byDistance(wrong))
                .limit(MOST_LISTED)
                .sorted()
                .toList();
        long hidden = known.stream().distinct().count() - shown.size();
        return String.join(", ", shown) + (hidden > 0 ? " and " + hidden + " more" : "");
    }

    private static Comparator<String> byDistance(String wrong) {
        return Comparator.comparingInt((String name) -> distance(wrong, name)).thenComparing(Comparator.naturalOrder());
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
