package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for parts of results: in their type before they exist, in themselves afterwards. */
final class ResultParts {

    private ResultParts() {}

    /** Returns the names of the parts of a result. */
    static List<String> names(Class<?> result) {
        return unsortedNames(result).stream().sorted().toList();
    }

    /** Returns why a type has no such part, or nothing if it has or cannot be known before the result exists. */
    static Optional<String> missing(Type result, List<String> path) {
        Type type = result;
        String so = "the result";
        for (String part : path) {
            Optional<Type> next = step(type, part);
            if (next.isEmpty()) {
                return Optional.of(so + " " + why(type, part));
            }
            type = next.get();
            so = "'" + part + "'";
        }
        return Optional.empty();
    }

    private static Optional<Type> step(Type type, String part) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return step(argument(type, 0), part);
        }
        if (raw.isRecord()) {
            return Arrays.stream(raw.getRecordComponents())
                    .filter(component -> SnakeCase.of(component.getName()).equals(part))
                    .map(RecordComponent::getGenericType)
                    .findFirst();
        }
        if (List.class.isAssignableFrom(raw)) {
            return isIndex(part) ? Optional.of(argument(type, 0)) : Optional.empty();
        }
        return Map.class.isAssignableFrom(raw) ? Optional.of(argument(type, 1)) : open(raw);
    }

    /** Of sealed types and the like the parts are known when the value is. */
    private static Optional<Type> open(Class<?> raw) {
        return raw.isInterface() || raw == Object.class ? Optional.of(Object.class) : Optional.empty();
    }

    private static String why(Type type, String part) {
        Class<?> raw = raw(type);
        if (raw.isRecord()) {
            return "has no part '" + part + "'; " + Suggestions.mend(part, names(raw), "parts");
        }
        if (List.class.isAssignableFrom(raw)) {
            return "is a list, and '" + part + "' is not an index such as [0]";
        }
        return "has no parts";
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    /**
     * Returns a part of a result.
     *
     * @throws IllegalArgumentException if it is not there
     */
    static Object value(Record result, List<String> path) {
        Object value = result;
        for (String part : path) {
            value = step(value instanceof Optional<?> maybe ? maybe.orElse(null) : value, part);
        }
        return value;
    }

    private static Object step(Object value, String part) {
        if (value instanceof List<?> list && isIndex(part)) {
            if (Integer.parseInt(part) < list.size()) {
                return list.get(Integer.parseInt(part));
            }
            throw new IllegalArgumentException("the list has " + list.size() + " entries");
        }
        if (value instanceof Map<?, ?> map && map.containsKey(part)) {
            return map.get(part);
        }
        if (value instanceof Record parts) {
            int index = unsortedNames(parts.getClass()).indexOf(part);
            if (index >= 0) {
                return new RecordClass(parts.getClass()).components(parts).get(index);
            }
        }
        throw new IllegalArgumentException("there is no part '" + part + "'");
    }

    private static List<String> unsortedNames(Class<?> result) {
        return Arrays.stream(result.getRecordComponents())
                .map(component -> SnakeCase.of(component.getName()))
                .toList();
    }

    static boolean isIndex(String part) {
        return part.chars().allMatch(Character::isDigit);
    }
}
