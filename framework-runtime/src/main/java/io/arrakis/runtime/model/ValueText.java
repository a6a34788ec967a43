package io.arrakis.runtime.model;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Writes records of plain values so that equal ones give equal text, whichever version of Java writes them. */
final class ValueText {

    private final StringBuilder out = new StringBuilder();

    private ValueText() {}

    static String of(Object value) {
        ValueText text = new ValueText();
        text.write(value);
        return text.out.toString();
    }

    private void write(Object value) {
        if (value instanceof Record record) {
            record(record);
        } else if (value instanceof List<?> list) {
            out.append('[');
            list.forEach(this::write);
            out.append(']');
        } else if (value instanceof Optional<?> maybe) {
            write(maybe.map(List::<Object>of).orElse(List.of()));
        } else if (value instanceof OptionalInt maybe) {
            write(maybe.stream().boxed().toList());
        } else if (value instanceof OptionalDouble maybe) {
            write(maybe.stream().boxed().toList());
        } else if (value instanceof Double number) {
            // Shortest decimals differ between versions of Java.
            text(Long.toHexString(Double.doubleToLongBits(number)));
        } else if (value instanceof Enum<?> constant) {
            text(constant.name());
        } else if (value instanceof Number || value instanceof Boolean || value instanceof String) {
            text(value.toString());
        } else {
            throw new IllegalArgumentException(value + " is no plain value");
        }
    }

    private void record(Record record) {
        out.append(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            out.append(component.getName()).append('=');
            write(component(record, component));
        }
        out.append(')');
    }

    private static Object component(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.getName() + " of " + record.getClass() + " cannot be read", e);
        }
    }

    /** With its length, so that no two values look like one. */
    private void text(String value) {
        out.append(value.length()).append(':').append(value).append(' ');
    }
}
