package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.NearestNames;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
        return NearestNames.near(wrong, known)
                .map(near -> "did you mean '" + near + "'? " + listed)
                .orElse(listed);
    }

    private static String list(String wrong, Collection<String> known) {
        Set<String> names = new TreeSet<>(known);
        List<String> shown =
                NearestNames.of(wrong, names, MOST_LISTED).stream().sorted().toList();
        int hidden = names.size() - shown.size();
        return String.join(", ", shown) + (hidden > 0 ? " and " + hidden + " more" : "");
    }
}
