package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ActivationFunction;
import io.arrakis.api.model.ModelConfig;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Readings of a configuration that several families share. */
final class ConfigReading {
    private ConfigReading() {}

    /** A whole number, with what its absence means. */
    static int integer(ModelConfig config, String key, int absent) {
        return config.integer(key).orElse(absent);
    }

    /** A number, with what its absence means. */
    static double number(ModelConfig config, String key, double absent) {
        return config.number(key).orElse(absent);
    }

    /** A whole number that the reference implementation reads under another key too. */
    static int integer(ModelConfig config, String key, String synonym, int absent) {
        return integer(config, oneOf(config, key, synonym), absent);
    }

    /** Which of two keys of one meaning is there, the first if both are; their numbers must agree. */
    static String oneOf(ModelConfig config, String key, String synonym) {
        OptionalDouble one = config.number(key);
        OptionalDouble other = config.number(synonym);
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw config.problem(
                    key,
                    "is " + written(config, key) + ", but " + synonym + ", which means the same, "
                            + written(config, synonym));
        }
        return config.has(key) ? key : synonym;
    }

    /**
     * Refuses a number that is not above 0.
     *
     * @param value what was read under the key
     */
    static void requirePositive(ModelConfig config, String key, double value) {
        if (!Double.isFinite(value) || value <= 0) {
            throw config.problem(key, "is " + written(config, key) + ", but must be a finite number above 0");
        }
    }

    /**
     * A window, which must reach the position itself.
     *
     * @param window what was read under the key
     */
    static OptionalInt window(ModelConfig config, String key, OptionalInt window) {
        if (window.orElse(1) < 1) {
            throw config.problem(
                    key, "is " + written(config, key) + ", but a window has at least 1 position, which is the own one");
        }
        return window;
    }

    private static Object written(ModelConfig config, String key) {
        Optional<Object> value = config.raw(key);
        return value.isPresent() ? value.get() : "absent";
    }

    /** A whole number where null and absence mean different things: null means none. */
    static OptionalInt unlessNull(ModelConfig config, String key, int absent) {
        OptionalInt value = config.integer(key);
        return value.isPresent() || config.isNull(key) ? value : OptionalInt.of(absent);
    }

    /** A number where null and absence mean different things: null means none. */
    static OptionalDouble unlessNull(ModelConfig config, String key, double absent) {
        OptionalDouble value = config.number(key);
        return value.isPresent() || config.isNull(key) ? value : OptionalDouble.of(absent);
    }

    /** An activation function by the name that stands under a key. */
    static ActivationFunction activation(ModelConfig config, String key, ActivationFunction absent) {
        return config.text(key).map(name -> activation(config, key, name)).orElse(absent);
    }

    private static ActivationFunction activation(ModelConfig config, String key, String name) {
        return ActivationFunction.named(name)
                .orElseThrow(() -> config.problem(
                        key,
                        "is '" + name + "'; known are "
                                + Stream.of(ActivationFunction.values())
                                        .map(ActivationFunction::id)
                                        .collect(Collectors.joining(", "))));
    }

    /**
     * Refuses a flag that this family knows and cannot honour.
     *
     * @param why what follows after "is true"
     */
    static void requireFalse(ModelConfig config, String key, String why) {
        if (config.flag(key, false)) {
            throw config.problem(key, "is true" + why);
        }
    }

    /** Refuses every value of a text but one. */
    static void requireText(ModelConfig config, String key, String only) {
        String value = config.text(key).orElse(only);
        if (!value.equals(only)) {
            throw config.problem(key, "is '" + value + "'; only '" + only + "' is supported");
        }
    }

    /** Refuses every value of a number but one. */
    static void requireNumber(ModelConfig config, String key, double only) {
        double value = number(config, key, only);
        if (value != only) {
            throw config.problem(key, "is " + value + "; only " + only + " is supported");
        }
    }

    /** {@code hidden_size / heads}, which must be whole. */
    static int headWidth(ModelConfig config, int dModel, int nHeads) {
        if (nHeads < 1 || dModel % nHeads != 0) {
            throw config.problem("hidden size", dModel + " cannot be split into " + nHeads + " heads");
        }
        return dModel / nHeads;
    }
}
