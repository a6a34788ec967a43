package io.arrakis.runtime.run;

import io.arrakis.api.data.Dataset;
import io.arrakis.runtime.spec.DataEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** The data sets of a run, each opened once. Used by one thread. */
final class DataPool {

    private final Map<String, DataEntry> entries;
    private final Function<DataEntry, Dataset> opener;
    private final Map<String, Dataset> open = new LinkedHashMap<>();

    DataPool(Map<String, DataEntry> entries, Function<DataEntry, Dataset> opener) {
        this.entries = entries;
        this.opener = opener;
    }

    Dataset get(String name) {
        Dataset known = open.get(name);
        if (known == null) {
            known = opener.apply(entry(name));
            open.put(name, known);
        }
        return known;
    }

    List<String> fields(String name) {
        return get(name).fields();
    }

    OptionalInt maxTokens(String name) {
        return entry(name).maxTokens();
    }

    Set<String> names() {
        return entries.keySet();
    }

    private DataEntry entry(String name) {
        DataEntry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no data set '" + name + "' among " + entries.keySet());
        }
        return entry;
    }
}
