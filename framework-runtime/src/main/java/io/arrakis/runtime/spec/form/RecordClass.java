package io.arrakis.runtime.spec.form;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A record class, through its canonical constructor and its accessors, whoever may see it. */
final class RecordClass {

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final List<Method> accessors;

    RecordClass(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has a canonical constructor", e);
        }
        constructor.setAccessible(true);
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
        accessors.forEach(accessor -> accessor.setAccessible(true));
    }

    Class<?> type() {
        return type;
    }

    /** Makes a record; what its constructor throws comes out as it is. */
    Object make(List<Object> components) {
        try {
            return constructor.newInstance(components.toArray());
        } catch (InvocationTargetException e) {
            throw unwrap(e);
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    List<Object> components(Object value) {
        List<Object> components = new ArrayList<>();
        for (Method accessor : accessors) {
            try {
                components.add(accessor.invoke(value));
            } catch (InvocationTargetException e) {
                throw unwrap(e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(type + " cannot be read", e);
            }
        }
        return components;
    }

    private static RuntimeException unwrap(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
    }
}
