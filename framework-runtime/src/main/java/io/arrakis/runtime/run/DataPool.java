package io.arrakis.runtime.run;

import io.arrakis.api.data.Dataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The data sets of a run, each opened once. */
final class DataPool {

    private final Map<String, DataSpec> specs;
    private final Map<String, Dataset> open = new LinkedHashMap<>();

    DataPool(Map<String, DataSpec> specs) {
        this.specs = specs;
    }

    Dataset get(String name) {
        return open.computeIfAbsent(name, it -> spec(it).open());
    }

    List<String> fields(String name) {
        return get(name).fields();
    }

    OptionalInt maxTokens(String name) {
        return spec(name).maxTokens();
    }

    Iterable<String> names() {
        return specs.keySet();
    }

    private DataSpec spec(String name) {
        DataSpec spec = specs.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("no data set '" + name + "' among " + specs.keySet());
        }
        return spec;
    }
}
