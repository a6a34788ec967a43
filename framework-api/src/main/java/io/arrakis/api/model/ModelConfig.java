package io.arrakis.api.model;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stability.Stable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of a model ({@code config.json}), read key by key; it remembers which keys were read, so that those
 * which nobody knows can be refused. A key with the value null counts as absent.
 *
 * <p>Not safe for use by several threads.
 */
@Stable
public final class ModelConfig {
    private final String origin;
    private final Map<String, Object> values;
    private final Set<String> read = new HashSet<>();
    private final Map<String, ModelConfig> objects = new LinkedHashMap<>();

    /**
     * Wraps parsed JSON.
     *
     * @param origin the file, for messages
     * @param values maps, lists, strings, numbers, booleans and nulls
     */
    public ModelConfig(String origin, Map<String, ?> values) {
        this.origin = origin;
        this.values = new LinkedHashMap<>(values);
    }

    /** The file, for messages. */
    public String origin() {
        return origin;
    }

    /** Whether the key is there and not null. Does not count as reading it. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /** Whether the key is there with the value null, where that means something else than its absence. */
    public boolean isNull(String key) {
        return values.containsKey(key) && values.get(key) == null;
    }

    /** The keys that are there and not null. Does not count as reading them. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.removeIf(key -> values.get(key) == null);
        return keys;
    }

    /** A value as it stands; empty for null. Does not count as reading it. */
    public Optional<Object> raw(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A text. */
    public Optional<String> text(String key) {
        return value(key, String.class);
    }

    /** A number. */
    public OptionalDouble number(String key) {
        Optional<Number> value = value(key, Number.class);
        return value.isPresent() ? OptionalDouble.of(value.get().doubleValue()) : OptionalDouble.empty();
    }

    /** A whole number; {@code 4.0} is one. */
    public OptionalInt integer(String key) {
        OptionalDouble value = number(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsDouble() != Math.rint(value.getAsDouble())
                || Math.abs(value.getAsDouble()) > Integer.MAX_VALUE) {
            throw problem(key, "must be a whole number, not " + value.getAsDouble());
        }
        return OptionalInt.of((int) value.getAsDouble());
    }

    /** A whole number that must be there. */
    public int requiredInteger(String key) {
        return integer(key).orElseThrow(() -> problem(key, "is missing"));
    }

    /** True or false. */
    public Optional<Boolean> flag(String key) {
        return value(key, Boolean.class);
    }

    /** True or false, with what its absence means. */
    public boolean flag(String key, boolean absent) {
        return flag(key).orElse(absent);
    }

    /** A list as it stands. */
    public Optional<List<?>> list(String key) {
        return value(key, List.class).map(list -> (List<?>) list);
    }

    /** A list of numbers. */
    public Optional<List<Double>> numbers(String key) {
        return elements(key, Number.class)
                .map(list -> list.stream().map(Number::doubleValue).toList());
    }

    /** A list of texts. */
    public Optional<List<String>> texts(String key) {
        return elements(key, String.class);
    }

    /** An object; the same view at each call, so that it remembers what was read. */
    public Optional<ModelConfig> object(String key) {
        Optional<Map<?, ?>> map = value(key, Map.class).map(m -> (Map<?, ?>) m);
        return map.map(m -> objects.computeIfAbsent(key, k -> new ModelConfig(origin + " " + k, copy(m))));
    }

    /** Says that keys are known, and that their values decide nothing that is computed. */
    public void ignore(Collection<String> keys) {
        read.addAll(keys);
    }

    /** The keys that are there, not null, and were neither read nor ignored; those inside objects as {@code outer.inner}. */
    public Set<String> unread() {
        Set<String> unread = new TreeSet<>();
        values.forEach((key, value) -> {
            if (value != null && !read.contains(key)) {
                unread.add(key);
            }
        });
        objects.forEach((key, object) -> object.unread().forEach(inner -> unread.add(key + "." + inner)));
        return unread;
    }

    /** The problem of a value that cannot be right. */
    public ArrakisException problem(String key, String message) {
        return new ArrakisException(
                ErrorCode.MODEL_CONFIG, origin, key + " " + message, "mend it in the configuration");
    }

    private <T> Optional<T> value(String key, Class<T> type) {
        read.add(key);
        Object value = values.get(key);
        if (value != null && !type.isInstance(value)) {
            throw problem(key, "must be a " + word(type) + ", not " + value);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private <T> Optional<List<T>> elements(String key, Class<T> type) {
        Optional<List<?>> list = list(key);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<T> elements = new ArrayList<>();
        for (Object element : list.get()) {
            if (!type.isInstance(element)) {
                throw problem(key, "must be a list of " + word(type) + "s, not " + list.get());
            }
            elements.add(type.cast(element));
        }
        return Optional.of(elements);
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static String word(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class) {
            return "flag";
        }
        return type == Map.class ? "object" : type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
