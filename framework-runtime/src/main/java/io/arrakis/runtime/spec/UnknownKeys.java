package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.util.Collection;

/** Refuses keys that nothing reads. */
final class UnknownKeys {

    private UnknownKeys() {}

    /** Reports each key that is not known, and returns whether there is none. */
    static boolean refuse(Node.Mapping map, Collection<String> known, String owner, ProblemLog log) {
        boolean all = true;
        for (Node.Entry entry : map.entries().values()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                all = false;
                log.error(
                        ErrorCode.SPEC_UNKNOWN_KEY,
                        entry.key().location(),
                        owner + " has no key '" + key + "'",
                        Suggestions.mend(key, known, "keys"));
            }
        }
        return all;
    }
}
