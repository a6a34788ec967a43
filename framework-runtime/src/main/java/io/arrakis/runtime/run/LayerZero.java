package io.arrakis.runtime.run;

import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts residual layer 0 in the place of every residual layer among parameters. */
final class LayerZero {

    private LayerZero() {}

    /** Returns whether a record of parameters names residual layers. */
    static boolean applies(Class<? extends Record> parameters) {
        return Arrays.stream(parameters.getRecordComponents())
                .anyMatch(component -> isResidual(component)
                        || (component.getType().isRecord()
                                && applies(component.getType().asSubclass(Record.class))));
    }

    private static boolean isResidual(RecordComponent component) {
        Layer layer = component.getAnnotation(Layer.class);
        return layer != null && layer.value() == LayerKind.RESIDUAL;
    }

    /** Returns the same parameters at layer 0. */
    static Record in(Record parameters) {
        RecordComponent[] components = parameters.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = Components.value(components[i], parameters);
            values[i] = isResidual(components[i]) ? zero(components[i], value) : inner(value);
        }
        return make(parameters.getClass(), components, values);
    }

    private static Object inner(Object value) {
        return value instanceof Record record && applies(record.getClass()) ? in(record) : value;
    }

    private static Object zero(RecordComponent component, Object value) {
        if (value instanceof Integer) {
            return 0;
        }
        if (value instanceof Layers) {
            return new Layers.One(0);
        }
        if (value instanceof List<?>) {
            return List.of(0);
        }
        if (value instanceof OptionalInt maybe) {
            return maybe.isPresent() ? OptionalInt.of(0) : maybe;
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.map(it -> zero(component, it));
        }
        throw new IllegalStateException("a residual layer of the type " + component.getGenericType());
    }

    private static Record make(Class<? extends Record> type, RecordComponent[] components, Object[] values) {
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
