package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Dimensions;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.RotaryFrequencies;
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
    private static final String BASE = "rope_theta";
    private static final String SHARE = "partial_rotary_factor";
    private static final String CONTEXT_BEFORE = "original_max_position_embeddings";
    private static final double USUAL_BASE = 10_000;
    private static final int PHI3_CONTEXT = 4096;
    private static final double YARN_BETA_FAST = 32;
    private static final double YARN_BETA_SLOW = 1;

    private final ModelConfig config;
    private final ModelConfig parameters;
    private final Dimensions dims;
    private final OptionalInt contextBefore;
    private final Keys keys;

    /** Keys outside of the object that holds what is said of the scaling. */
    private record Keys(String base, String share) {
        static final Keys USUAL = new Keys(BASE, SHARE);
    }

    /** A number, where it stands, and under which key. */
    private record Said(ModelConfig holder, String key, double number) {
        void requirePositive() {
            ConfigReading.requirePositive(holder, key, number);
        }

        ArrakisException problem(String message) {
            return holder.problem(key, "is " + number + ", but " + message);
        }
    }

    private RotaryReading(
            ModelConfig config, ModelConfig parameters, Dimensions dims, OptionalInt contextBefore, Keys keys) {
        this.config = config;
        this.parameters = parameters;
        this.dims = dims;
        this.contextBefore = contextBefore;
        this.keys = keys;
    }

    /** Rotary positions of whole heads. */
    static RotarySpec wholeHead(ModelConfig config, Dimensions dims) {
        RotaryReading reading =
                new RotaryReading(config, parameters(config, BASE), dims, config.integer(CONTEXT_BEFORE), Keys.USUAL);
        Said share = reading.wholeHead();
        return reading.spec(reading.base(USUAL_BASE), share);
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
        ModelConfig parameters = parameters(config, baseKey);
        OptionalInt before = config.integer(CONTEXT_BEFORE);
        Keys keys = new Keys(ConfigReading.oneOf(config, baseKey, BASE), ConfigReading.oneOf(config, shareKey, SHARE));
        RotaryReading reading = new RotaryReading(config, parameters, dims, before, keys);
        return reading.spec(reading.base(USUAL_BASE), reading.share(shareElse));
    }

    /**
     * Rotary positions of Phi-3, whose context before scaling stands outside the object and has a usual value, and which has no
     * scaling but that by lists of factors, under any of the three names that it had.
     */
    static RotarySpec phi3(ModelConfig config, Dimensions dims) {
        int before = ConfigReading.integer(config, CONTEXT_BEFORE, PHI3_CONTEXT);
        RotaryReading reading =
                new RotaryReading(config, parameters(config, BASE), dims, OptionalInt.of(before), Keys.USUAL);
        Said share = reading.share(1);
        Said base = reading.base(USUAL_BASE);
        return switch (reading.kind()) {
            case "default" -> reading.spec(base, share, new RotaryScaling.None());
            case "longrope", "su", "yarn" -> reading.spec(base, share, reading.longRope());
            default -> throw reading.unknown("default, longrope");
        };
    }

    /**
     * Rotary positions of whole heads from an object that holds all that is said of them. The reference implementation looks for
     * {@code truncate} outside such objects, so that false has no effect there.
     *
     * @param baseKey older key of the base, outside of the object
     */
    static RotarySpec nested(
            ModelConfig config, ModelConfig parameters, Dimensions dims, String baseKey, double baseElse) {
        RotaryReading reading =
                new RotaryReading(config, parameters, dims, OptionalInt.empty(), new Keys(baseKey, SHARE));
        Said base = reading.base(baseElse);
        Said share = reading.wholeHead();
        if (!parameters.flag("truncate", true)) {
            throw parameters.problem("truncate", "is false, which is not supported for a type of block");
        }
        return reading.spec(base, share);
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
        for (String outside : List.of(BASE, SHARE)) {
            String key = outside.equals(BASE) ? baseKey : outside;
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

    private Said wholeHead() {
        Said share = share(1);
        if (share.number() != 1) {
            throw config.problem(SHARE, "is " + share.number() + ", but this family rotates whole heads");
        }
        return share;
    }

    private Said base(double otherwise) {
        return said(BASE, keys.base(), otherwise);
    }

    private Said share(double otherwise) {
        return said(SHARE, keys.share(), otherwise);
    }

    /** A number in the object or outside of it; what stands inside wins. */
    private Said said(String key, String outsideKey, double otherwise) {
        OptionalDouble outside = config.number(outsideKey);
        OptionalDouble inside = parameters.number(key);
        return inside.isPresent()
                ? new Said(parameters, key, inside.getAsDouble())
                : new Said(config, outsideKey, outside.orElse(otherwise));
    }

    private RotarySpec spec(Said base, Said share) {
        return spec(base, share, scaling());
    }

    private RotarySpec spec(Said base, Said share, RotaryScaling scaling) {
        requireMeaning(base, share, scaling);
        RotarySpec spec = new RotarySpec((int) (dims.dHead() * share.number()), base.number(), scaling);
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
        requireFrequencies(spec);
        return spec;
    }

    private void requireMeaning(Said base, Said share, RotaryScaling scaling) {
        base.requirePositive();
        if (scaling instanceof RotaryScaling.Yarn && base.number() <= 1) {
            throw base.problem("yarn, which divides by its logarithm, needs more than 1");
        }
        share.requirePositive();
        if (share.number() > 1 || (int) (dims.dHead() * share.number()) < 1) {
            throw share.problem("must leave 1 to " + dims.dHead() + " dimensions of a head to be rotated");
        }
    }

    /** Each number may be right alone, and all together beyond what float32 holds. */
    private void requireFrequencies(RotarySpec spec) {
        for (int length : new int[] {1, Integer.MAX_VALUE}) {
            for (float frequency : RotaryFrequencies.of(spec, length).frequencies()) {
                if (!Float.isFinite(frequency) || frequency == 0) {
                    throw parameters.problem(
                            BASE, "and the rotary scaling give a frequency of " + frequency + " in float32");
                }
            }
        }
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
            case "dynamic" -> dynamic();
            case "llama3" -> llama3();
            case "yarn" -> yarn();
            case "longrope" -> longRope();
            default -> throw unknown("default, linear, dynamic, llama3, yarn, longrope");
        };
    }

    /** The reference implementation takes the context of the configuration, whatever the object says of the one before. */
    private RotaryScaling dynamic() {
        parameters.ignore(List.of(CONTEXT_BEFORE));
        return new RotaryScaling.Dynamic(required("factor"), context());
    }

    private RotaryScaling llama3() {
        double low = required("low_freq_factor");
        double high = required("high_freq_factor");
        if (high <= low) {
            throw parameters.problem(
                    "high_freq_factor", "is " + high + ", but must be above low_freq_factor, which is " + low);
        }
        return new RotaryScaling.Llama3(required("factor"), low, high, contextBefore());
    }

    private RotaryScaling yarn() {
        int before = contextBefore();
        double factor = positive("factor").orElse((double) context() / before);
        double amplitude = positive("attention_factor").orElseGet(() -> yarnAmplitude(factor));
        parameters.ignore(List.of("mscale", "mscale_all_dim"));
        double fast = unlessZero("beta_fast").orElse(YARN_BETA_FAST);
        double slow = unlessZero("beta_slow").orElse(YARN_BETA_SLOW);
        if (fast < slow) {
            throw parameters.problem("beta_fast", "is " + fast + ", but must not be below beta_slow, which is " + slow);
        }
        return new RotaryScaling.Yarn(factor, before, fast, slow, amplitude, parameters.flag("truncate", true));
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
        double factor = positive("factor").orElse((double) context() / before);
        double amplitude = positive("attention_factor").orElseGet(() -> longAmplitude(factor, before));
        return new RotaryScaling.LongRope(factors("short_factor"), factors("long_factor"), before, amplitude);
    }

    private double longAmplitude(double factor, int before) {
        if (factor > 1 && before == 1) {
            throw holderOfContextBefore()
                    .problem(CONTEXT_BEFORE, "is 1, but longrope, which divides by its logarithm, needs more than 1");
        }
        return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(before));
    }

    private List<Double> factors(String key) {
        List<Double> factors = parameters.numbers(key).orElseThrow(() -> config.problem(key, "is missing"));
        for (double factor : factors) {
            if (!Double.isFinite(factor) || factor <= 0) {
                throw parameters.problem(key, "has " + factor + ", but must have finite numbers above 0 only");
            }
        }
        return factors;
    }

    private OptionalDouble unlessZero(String key) {
        return parameters.number(key).orElse(0) == 0 ? OptionalDouble.empty() : positive(key);
    }

    private OptionalDouble positive(String key) {
        OptionalDouble value = parameters.number(key);
        value.ifPresent(number -> ConfigReading.requirePositive(parameters, key, number));
        return value;
    }

    private double required(String key) {
        return positive(key).orElseThrow(() -> config.problem(key, "of the rotary scaling is missing"));
    }

    private int context() {
        return dims.nCtx();
    }

    /** The context before scaling; what stands outside the object wins, as in the reference implementation. */
    private int contextBefore() {
        OptionalInt inside = parameters.integer(CONTEXT_BEFORE);
        int before = contextBefore.orElse(inside.orElse(context()));
        ConfigReading.requirePositive(holderOfContextBefore(), CONTEXT_BEFORE, before);
        return before;
    }

    private ModelConfig holderOfContextBefore() {
        return contextBefore.isPresent() ? config : parameters;
    }
}
