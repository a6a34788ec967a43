package io.arrakis.runtime.plugin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a class fills into the type parameters of a type that it extends, through any number of steps. */
public final class TypeArguments {

    private TypeArguments() {}

    /**
     * Returns the type arguments in their order.
     *
     * @throws IllegalArgumentException if the class does not extend the target, or extends it without arguments
     */
    public static List<Type> of(Class<?> type, Class<?> target) {
        return find(type, target, Map.of())
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + " does not say the type arguments of " + target.getName()));
    }

    private static Optional<List<Type>> find(Type type, Class<?> target, Map<TypeVariable<?>, Type> known) {
        Class<?> raw = raw(type);
        if (raw == null) {
            return Optional.empty();
        }
        List<Type> arguments = arguments(type, known);
        if (raw == target) {
            return arguments.isEmpty() ? Optional.empty() : Optional.of(arguments);
        }
        Map<TypeVariable<?>, Type> bound = bind(raw, arguments);
        List<Type> parents = new ArrayList<>(Arrays.asList(raw.getGenericInterfaces()));
        if (raw.getGenericSuperclass() != null) {
            parents.add(raw.getGenericSuperclass());
        }
        return parents.stream()
                .map(parent -> find(parent, target, bound))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof Class<?> plain ? plain : null;
    }

    private static List<Type> arguments(Type type, Map<TypeVariable<?>, Type> known) {
        if (!(type instanceof ParameterizedType generic)) {
            return List.of();
        }
        return Arrays.stream(generic.getActualTypeArguments())
                .map(argument -> known.getOrDefault(argument, argument))
                .toList();
    }

    private static Map<TypeVariable<?>, Type> bind(Class<?> raw, List<Type> arguments) {
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            bound.put(raw.getTypeParameters()[i], arguments.get(i));
        }
        return bound;
    }
}
