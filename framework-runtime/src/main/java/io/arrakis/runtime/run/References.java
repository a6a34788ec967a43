package io.arrakis.runtime.run;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.StepRef;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The data sets and steps that parameters name. */
final class References {

    private final Set<String> data = new HashSet<>();
    private final Set<String> steps = new HashSet<>();

    private References() {}

    static References in(Record parameters) {
        References references = new References();
        references.collect(parameters);
        return references;
    }

    Set<String> data() {
        return data;
    }

    Set<String> steps() {
        return steps;
    }

    private void collect(Object value) {
        if (value instanceof DataRef reference) {
            data.add(reference.name());
        } else if (value instanceof StepRef<?> reference) {
            steps.add(reference.step());
        } else if (value instanceof Collection<?> list) {
            list.forEach(this::collect);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::collect);
        } else if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(this::collect);
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                collect(Components.value(component, record));
            }
        }
    }
}
