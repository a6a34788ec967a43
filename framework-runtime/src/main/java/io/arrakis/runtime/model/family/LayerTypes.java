package io.arrakis.runtime.model.family;

import io.arrakis.api.model.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which blocks of a decoder slide. */
final class LayerTypes {
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private LayerTypes() {}

    /**
     * Which blocks slide: those that {@code layer_types} says, or a rule where it is absent.
     *
     * @param rule which do where the configuration does not list them
     */
    static IntPredicate sliding(ModelConfig config, int nLayers, IntPredicate rule) {
        Optional<List<String>> types = config.texts("layer_types");
        if (types.isEmpty()) {
            return rule;
        }
        List<String> list = types.get();
        if (list.size() != nLayers) {
            throw config.problem("layer_types", "lists " + list.size() + " blocks of " + nLayers);
        }
        for (String type : list) {
            if (!type.equals(SLIDING) && !type.equals(FULL)) {
                throw config.problem("layer_types", "has '" + type + "'; known are " + SLIDING + ", " + FULL);
            }
        }
        return index -> list.get(index).equals(SLIDING);
    }

    /** The windows of blocks of which some slide. */
    static IntFunction<OptionalInt> windows(ModelConfig config, int nLayers, IntPredicate sliding, OptionalInt window) {
        OptionalInt first = IntStream.range(0, nLayers).filter(sliding).findFirst();
        if (first.isEmpty()) {
            return index -> OptionalInt.empty();
        }
        if (window.isEmpty()) {
            throw config.problem("sliding_window", "is missing, but block " + first.getAsInt() + " slides");
        }
        OptionalInt checked = ConfigReading.window(config, "sliding_window", window);
        return index -> sliding.test(index) ? checked : OptionalInt.empty();
    }
}
