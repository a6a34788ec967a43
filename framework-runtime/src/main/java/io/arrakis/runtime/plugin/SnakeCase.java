package io.arrakis.runtime.plugin;

import java.util.Locale;

/** Turns Java names into names of experiment files. */
public final class SnakeCase {

    private SnakeCase() {}

    /**
     * Returns {@code polysemantic_score} for {@code PolysemanticScore}, {@code k_neighbors} for {@code kNeighbors}, {@code
     * html_text} for {@code HTMLText} and {@code each_with_special} for {@code EACH_WITH_SPECIAL}.
     */
    public static String of(String javaName) {
        StringBuilder snake = new StringBuilder(javaName.length() + 4);
        for (int i = 0; i < javaName.length(); i++) {
            if (i > 0 && beginsWord(javaName, i)) {
                snake.append('_');
            }
            snake.append(javaName.charAt(i));
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean beginsWord(String name, int i) {
        char before = name.charAt(i - 1);
        if (!Character.isUpperCase(name.charAt(i)) || before == '_') {
            return false;
        }
        boolean lastOfRun = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
        return !Character.isUpperCase(before) || lastOfRun;
    }
}
