package io.arrakis.runtime.result;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.arrakis.runtime.plugin.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What reflection says of records and sealed choices. */
final class Structure {

    private static final TypeFactory TYPES = TypeFactory.defaultInstance();

    private Structure() {}

    static JavaType type(Class<?> raw) {
        return TYPES.constructType(raw);
    }

    /** Returns the type of a component, with the arguments that the record's own type gives. */
    static JavaType type(RecordComponent component, JavaType record) {
        return TYPES.resolveMemberType(component.getGenericType(), record.getBindings());
    }

    static Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new UnfitResultException("component '" + component.getName() + "' cannot be read", e);
        }
    }

    static Object construct(JavaType record, Object[] values, Place place) {
        Class<?>[] parameters = Arrays.stream(record.getRawClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = record.getRawClass().getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new UnfitResultException(
                    place + " does not fit " + record.getRawClass().getName() + ": " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new UnfitResultException(place + " cannot be made: " + e, e);
        }
    }

    /** Returns the records below a sealed interface, in the order of {@code permits}. */
    static List<Class<?>> choices(Class<?> sealed) {
        List<Class<?>> choices = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                choices.addAll(choices(permitted));
            } else {
                choices.add(permitted);
            }
        }
        return choices;
    }

    static String kind(Class<?> choice) {
        return SnakeCase.of(choice.getSimpleName());
    }
}
