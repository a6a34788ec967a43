package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds names against what they become: folders, files, references. */
final class Names {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Set<String> RESERVED = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private Names() {}

    /** Returns whether a name can be that of a folder on every system. */
    static boolean isFileName(String name) {
        String stem = name.split("\\.", 2)[0].toLowerCase(Locale.ROOT);
        return FILE_NAME.matcher(name).matches() && !name.endsWith(".") && !RESERVED.contains(stem);
    }

    /** Reports a name of an experiment that cannot be that of a folder. */
    static boolean checkFileName(String name, Node place, String mend, ProblemLog log) {
        if (isFileName(name)) {
            return true;
        }
        log.error(
                ErrorCode.SPEC_NAME,
                place.location(),
                "name '" + name + "' is not a plain file name",
                mend + "use letters, digits, '-', '_' and '.', at most 100, beginning with a letter or digit");
        return false;
    }

    /**
     * Reports names of data sets or steps that cannot be referred to, or that file systems take for one another.
     *
     * @param noun {@code data set} or {@code step}
     */
    static void checkWords(Node.Mapping map, String noun, ProblemLog log) {
        Map<String, String> seen = new HashMap<>();
        for (Node.Entry entry : map.entries().values()) {
            String name = entry.key().text();
            if (!WORD.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                log.error(
                        ErrorCode.SPEC_NAME,
                        entry.key().location(),
                        "'" + name + "' cannot be the name of a " + noun,
                        "use letters, digits, '-' and '_', at most 64, beginning with a letter");
            }
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                log.error(
                        ErrorCode.SPEC_NAME,
                        entry.key().location(),
                        "the names '" + other + "' and '" + name + "' differ by letter case alone",
                        "rename one of them");
            }
        }
    }
}
