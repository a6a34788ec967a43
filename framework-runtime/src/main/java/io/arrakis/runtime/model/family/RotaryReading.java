package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.RotaryScaling;
import io.arrakis.api.model.RotarySpec;
import io.arrakis.api.problem.ArrakisException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads rotary positions in both styles: {@code rope_theta} and {@code rope_scaling}, or {@code rope_parameters} with both
 * inside. Formulas and defaults are those of Hugging Face transformers 5.
 */
final class RotaryReading {
    private static final double USUAL_BASE = 10_000;
    private static final int PHI3_CONTEXT = 4096;
    private static final double YARN_BETA_FAST = 32;
    private static final double YARN_BETA_SLOW = 1;

    private final ModelConfig config;
    private final ModelConfig parameters;
    private final Dimensions dims;
    private final OptionalInt contextBefore;

    private RotaryReading(ModelConfig config, Dimensions dims) {
        this(config, dims, "rope_theta");
    }

    private RotaryReading(ModelConfig config, Dimensions dims, String baseKey) {
        this(config, parameters(config, baseKey), dims, config.integer("original_max_position_embeddings"));
    }

    private RotaryReading(ModelConfig config, ModelConfig parameters, Dimensions dims, OptionalInt contextBefore) {
        this.config = config;
        this.parameters = parameters;
        this.dims = dims;
        this.contextBefore = contextBefore;
    }

    /** Rotary positions of whole heads. */
    static RotarySpec wholeHead(ModelConfig config, Dimensions dims) {
        RotaryReading reading = new RotaryReading(config, dims);
        reading.requireWholeHead();
        return reading.spec(reading.base("rope_theta", USUAL_BASE), 1);
    }

    /**
     * Rotary positions of a part of each head.
     *
     * @param baseKey   older key of the base; later files say {@code rope_theta} too
     * @param shareKey  older key of the share; later files say {@code partial_rotary_factor} too
     * @param shareElse the share where the configuration does not say it
     */
    static RotarySpec partOfHead(
            ModelConfig config, Dimensions dims, String baseKey, String shareKey, double shareElse) {
        RotaryReading reading = new RotaryReading(config, dims, baseKey);
        OptionalDouble base = underEither(config, baseKey, "rope_theta");
        OptionalDouble share = underEither(config, shareKey, "partial_rotary_factor");
        return reading.spec(
                reading.parameters.number("rope_theta").orElse(base.orElse(USUAL_BASE)),
                reading.parameters.number("partial_rotary_factor").orElse(share.orElse(shareElse)));
    }

    /**
     * Rotary positions of Phi-3, whose context before scaling stands outside the object and has a usual value, and which has no
     * scaling but that by lists of factors, under any of the three names that it had.
     */
    static RotarySpec phi3(ModelConfig config, Dimensions dims) {
        int before = ConfigReading.integer(config, "original_max_position_embeddings", PHI3_CONTEXT);
        RotaryReading reading =
                new RotaryReading(config, parameters(config, "rope_theta"), dims, OptionalInt.of(before));
        double share = either("partial_rotary_factor", reading.parameters, "partial_rotary_factor", config)
                .orElse(1);
        double base = reading.base("rope_theta", USUAL_BASE);
        return switch (reading.kind()) {
            case "default" -> reading.spec(base, share, new RotaryScaling.None());
            case "longrope", "su", "yarn" -> reading.spec(base, share, reading.longRope());
            default -> throw reading.unknown("default, longrope");
        };
    }

    /**
     * Rotary positions of whole heads from an object that holds all that is said of them. The reference implementation looks for
     * {@code truncate} outside such objects, so that false has no effect there.
     */
    static RotarySpec nested(ModelConfig config, ModelConfig parameters, Dimensions dims, double baseElse) {
        RotaryReading reading = new RotaryReading(config, parameters, dims, OptionalInt.empty());
        reading.requireWholeHead();
        if (!parameters.flag("truncate", true)) {
            throw parameters.problem("truncate", "is false, which is not supported for a type of block");
        }
        return reading.spec(parameters.number("rope_theta").orElse(baseElse), 1);
    }

    /** What {@code rope_scaling} or {@code rope_parameters} holds; an empty object if neither is there. */
    private static ModelConfig parameters(ModelConfig config, String baseKey) {
        return agreed(config, config.object("rope_scaling"), config.object("rope_parameters"), baseKey)
                .orElseGet(() -> new ModelConfig(config.origin(), Map.of()));
    }

    /**
     * The one object that says how positions are scaled, of the old and the new style. Where both are there, they must say the
     * same; the reference implementation would follow the old one.
     *
     * @param baseKey what stands beside the old one for the base
     */
    static Optional<ModelConfig> agreed(
            ModelConfig config, Optional<ModelConfig> scaling, Optional<ModelConfig> parameters, String baseKey) {
        Optional<ModelConfig> old = scaling.filter(object -> !object.keys().isEmpty());
        if (old.isEmpty() || parameters.isEmpty() || parameters.get().keys().isEmpty()) {
            return old.or(() -> parameters);
        }
        Map<String, Object> before = said(old.get());
        Map<String, Object> now = said(parameters.get());
        for (String outside : List.of("rope_theta", "partial_rotary_factor")) {
            String key = outside.equals("rope_theta") ? baseKey : outside;
            config.raw(key).ifPresent(value -> before.putIfAbsent(outside, value));
            Optional.ofNullable(now.get(outside)).ifPresent(value -> before.putIfAbsent(outside, value));
            Optional.ofNullable(before.get(outside)).ifPresent(value -> now.putIfAbsent(outside, value));
        }
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (String key : keys) {
            if (!same(before.get(key), now.get(key))) {
                throw config.problem(
                        "rope_scaling",
                        "says " + key + " " + before.getOrDefault(key, "nothing") + ", rope_parameters "
                                + now.getOrDefault(key, "nothing") + ": keep one of the two objects");
            }
        }
        old.get().ignore(old.get().keys());
        return parameters;
    }

    /** With one name for the kind of scaling. */
    private static Map<String, Object> said(ModelConfig object) {
        Map<String, Object> said = new TreeMap<>();
        object.keys().forEach(key -> object.raw(key).ifPresent(value -> said.put(key, value)));
        Object type = said.remove("type");
        said.putIfAbsent("rope_type", type == null ? "default" : type);
        return said;
    }

    private static boolean same(Object one, Object other) {
        if (one instanceof Number number && other instanceof Number second) {
            return number.doubleValue() == second.doubleValue();
        }
        if (one instanceof List<?> list && other instanceof List<?> second) {
            return list.size() == second.size()
                    && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), second.get(i)));
        }
        return Objects.equals(one, other);
    }

    private void requireWholeHead() {
        double share = either("partial_rotary_factor", parameters, "partial_rotary_factor", config)
                .orElse(1);
        if (share != 1) {
            throw config.problem("partial_rotary_factor", "is " + share + ", but this family rotates whole heads");
        }
    }

    private double base(String key, double otherwise) {
        return either("rope_theta", parameters, key, config).orElse(otherwise);
    }

    /** A number that later files write under two names, for programs that know only one of them. */
    private static OptionalDouble underEither(ModelConfig config, String older, String later) {
        OptionalDouble before = config.number(older);
        OptionalDouble now = config.number(later);
        if (before.isPresent() && now.isPresent() && !before.equals(now)) {
            throw config.problem(
                    older,
                    "is " + before.getAsDouble() + ", but " + later + ", which means the same, " + now.getAsDouble());
        }
        return before.isPresent() ? before : now;
    }

    private static OptionalDouble either(String innerKey, ModelConfig inner, String outerKey, ModelConfig outer) {
        OptionalDouble outside = outer.number(outerKey);
        OptionalDouble inside = inner.number(innerKey);
        return inside.isPresent() ? inside : outside;
    }

    private RotarySpec spec(double base, double share) {
        return spec(base, share, scaling());
    }

    private RotarySpec spec(double base, double share, RotaryScaling scaling) {
        RotarySpec spec = new RotarySpec((int) (dims.dHead() * share), base, scaling);
        if (scaling instanceof RotaryScaling.LongRope longRope
                && longRope.shortFactors().size() != spec.pairs()) {
            throw config.problem(
                    "short_factor",
                    "lists " + longRope.shortFactors().size() + " numbers for " + spec.pairs() + " rotated pairs");
        }
        if (scaling instanceof RotaryScaling.Dynamic && spec.dims() <= 2) {
            throw config.problem("rope_type", "is 'dynamic', which needs more than 2 rotated dimensions");
        }
        if (scaling instanceof RotaryScaling.Yarn && spec.dims() != spec.rotated()) {
            throw config.problem(
                    "rope_type", "is 'yarn', which needs an even number of dimensions, not " + spec.dims());
        }
        return spec;
    }

    private String kind() {
        String type = parameters.text("type").orElse("default");
        return parameters.text("rope_type").orElse(type);
    }

    private ArrakisException unknown(String known) {
        return config.problem("rope_type", "is '" + kind() + "'; known are " + known);
    }

    private RotaryScaling scaling() {
        return switch (kind()) {
            case "default" -> new RotaryScaling.None();
            case "linear" -> new RotaryScaling.Linear(required("factor"));
            case "dynamic" -> new RotaryScaling.Dynamic(required("factor"), context());
            case "llama3" ->
                new RotaryScaling.Llama3(
                        required("factor"), required("low_freq_factor"), required("high_freq_factor"), contextBefore());
            case "yarn" -> yarn();
            case "longrope" -> longRope();
            default -> throw unknown("default, linear, dynamic, llama3, yarn, longrope");
        };
    }

    private RotaryScaling yarn() {
        double factor = parameters.number("factor").orElse((double) context() / contextBefore());
        double amplitude = parameters.number("attention_factor").orElseGet(() -> yarnAmplitude(factor));
        parameters.ignore(List.of("mscale", "mscale_all_dim"));
        return new RotaryScaling.Yarn(
                factor,
                contextBefore(),
                unlessZero("beta_fast").orElse(YARN_BETA_FAST),
                unlessZero("beta_slow").orElse(YARN_BETA_SLOW),
                amplitude,
                parameters.flag("truncate", true));
    }

    private double yarnAmplitude(double factor) {
        OptionalDouble scale = unlessZero("mscale");
        OptionalDouble scaleAllDims = unlessZero("mscale_all_dim");
        if (scale.isPresent() && scaleAllDims.isPresent()) {
            return yarnScale(factor, scale.getAsDouble()) / yarnScale(factor, scaleAllDims.getAsDouble());
        }
        return yarnScale(factor, 1);
    }

    private static double yarnScale(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private RotaryScaling longRope() {
        int before = contextBefore();
        double factor = parameters.number("factor").orElse((double) context() / before);
        double amplitude = parameters
                .number("attention_factor")
                .orElseGet(() -> factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(before)));
        return new RotaryScaling.LongRope(factors("short_factor"), factors("long_factor"), before, amplitude);
    }

    private List<Double> factors(String key) {
        return parameters.numbers(key).orElseThrow(() -> config.problem(key, "is missing"));
    }

    private OptionalDouble unlessZero(String key) {
        OptionalDouble value = parameters.number(key);
        return value.orElse(0) == 0 ? OptionalDouble.empty() : value;
    }

    private double required(String key) {
        return parameters.number(key).orElseThrow(() -> config.problem(key, "of the rotary scaling is missing"));
    }

    private int context() {
        return dims.nCtx();
    }

    /** The context before scaling; what stands outside the object wins, as in the reference implementation. */
    private int contextBefore() {
        OptionalInt inside = parameters.integer("original_max_position_embeddings");
        if (contextBefore.isPresent()) {
            return contextBefore.getAsInt();
        }
        return inside.isPresent() ? inside.getAsInt() : context();
    }
}
