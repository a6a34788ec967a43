package io.arrakis.runtime.plan;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.KeptType;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.safetensors.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names of what a pass keeps, in the cache: made from everything that decides its numbers. */
public final class PassKeys {

    private final Map<String, String> common = new TreeMap<>();
    private final Function<HookName, String> model;
    private final String spans;

    /**
     * Makes names.
     *
     * @param model gives the hash of what decides the numbers of a hook point: configuration, number type and weights
     */
    PassKeys(ForwardPass pass, Function<HookName, String> model, BatchLayout layout, NumericSetup setup) {
        this.model = model;
        common.put("tokens", pass.texts().contentHash());
        common.put(
                "interventions",
                pass.interventions().stream().map(PassKeys::text).collect(Collectors.joining("\n")));
        common.put("layout", BatchLayout.VERSION + "." + layout.tokensPerBatch());
        setup.addTo(common);
        spans = pass.texts().spanHash();
    }

    Map<String, String> parts(Target target) {
        Map<String, String> parts = new TreeMap<>(common);
        parts.put("model", model.apply(target.hook()));
        parts.put("hook", target.hook().toString());
        parts.put("rows", target.rows().name());
        addKept(target.positions(), target.type(), parts);
        if (target.rows() == Rows.SPAN) {
            parts.put("spans", spans);
        }
        return parts;
    }

    /** Adds which positions are kept and in what numbers. */
    static void addKept(Positions positions, KeptType type, Map<String, String> parts) {
        parts.put("dtype", DType.of(type).name());
        if (!(positions instanceof Positions.All)) {
            parts.put("positions", positions.toString());
        }
    }

    CacheKey key(Target target) {
        return CacheKey.of(parts(target));
    }

    /** Everything that decides what an intervention does, as text. */
    public static String text(Intervention change) {
        return String.join(
                "|",
                change.at().toString(),
                change.rows().toString(),
                change.heads().toString(),
                change.units().toString(),
                change.positions().toString(),
                text(change.edit()));
    }

    private static String text(Edit edit) {
        if (edit instanceof Edit.Replace replace) {
            return "replace " + text(replace.values());
        }
        if (edit instanceof Edit.Add add) {
            return "add " + text(add.values());
        }
        if (edit instanceof Edit.Scale scale) {
            return "scale " + Double.doubleToLongBits(scale.factor());
        }
        return "zero";
    }

    private static String text(Values values) {
        StringBuilder text = new StringBuilder(Arrays.toString(values.shape()));
        for (float value : values.toArray()) {
            text.append(' ').append(Integer.toHexString(Float.floatToIntBits(value)));
        }
        return text.toString();
    }
}
