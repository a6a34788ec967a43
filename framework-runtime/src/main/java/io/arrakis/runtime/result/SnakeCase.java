package io.arrakis.runtime.result;

import java.util.Locale;

/** Names as files have them, from names as Java has them. */
public final class SnakeCase {

    private SnakeCase() {}

    /** Returns {@code k_neighbors} for {@code kNeighbors} and {@code heat_map} for {@code HeatMap}; digits stay where they are. */
    public static String of(String name) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean starts = Character.isUpperCase(letter)
                    && i > 0
                    && (!Character.isUpperCase(name.charAt(i - 1))
                            || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)));
            if (starts && name.charAt(i - 1) != '_') {
                snake.append('_');
            }
            snake.append(letter);
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }
}
