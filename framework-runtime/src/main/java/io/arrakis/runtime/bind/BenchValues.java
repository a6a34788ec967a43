package io.arrakis.runtime.bind;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.Inline;
import io.arrakis.api.operation.StepRef;
import io.arrakis.runtime.plugin.SnakeCase;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns arguments of a program into what would stand for them in an experiment. */
final class BenchValues {

    private final IdentityHashMap<Record, BenchCall> results;
    private final Map<String, BenchCall> read;

    /**
     * Makes a writer.
     *
     * @param results earlier calls, by what they returned
     * @param read    takes those whose results stand among the arguments
     */
    BenchValues(IdentityHashMap<Record, BenchCall> results, Map<String, BenchCall> read) {
        this.results = results;
        this.read = read;
    }

    Object written(Object value) {
        if (value instanceof Record record) {
            return record(record);
        } else if (value instanceof List<?> list) {
            return list.stream().map(this::written).toList();
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), written(entry)));
            return entries;
        } else if (value instanceof Optional<?> maybe) {
            return written(maybe.orElseThrow(
                    () -> new IllegalArgumentException("an empty Optional cannot be written; leave the argument out")));
        }
        return scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof Enum<?> constant) {
            return SnakeCase.of(constant.name());
        } else if (value instanceof Path path) {
            return path.toAbsolutePath().toString();
        } else if (value instanceof String text) {
            return text.replace("${", "$${");
        } else if (value instanceof Float number) {
            return Double.valueOf(number.toString());
        } else if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                (value == null ? "null" : value.getClass().getName()) + " cannot be an argument of an operation");
    }

    private Object record(Record record) {
        BenchCall earlier = results.get(record);
        if (earlier != null) {
            read.put(earlier.step(), earlier);
            return "${steps." + earlier.step() + "}";
        } else if (record instanceof DataRef data) {
            return "${data." + data.name() + "}";
        } else if (record instanceof StepRef<?>) {
            throw new IllegalArgumentException("give the result of the call itself, not a StepRef");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (!Optional.empty().equals(value)) {
                entries.put(SnakeCase.of(component.getName()), written(value));
            }
        }
        if (record.getClass().getRecordComponents().length == 0) {
            return SnakeCase.of(record.getClass().getSimpleName());
        } else if (!record.getClass().isAnnotationPresent(Inline.class)) {
            return entries;
        }
        List<Object> inline = List.copyOf(entries.values());
        return inline.size() == 1 ? inline.get(0) : inline;
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(record.getClass().getName() + " cannot be read", e);
        }
    }
}
