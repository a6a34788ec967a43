package io.arrakis.runtime.run;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.operation.StepRef;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.plan.NumericSetup;
import io.arrakis.runtime.plan.PassKeys;
import io.arrakis.runtime.plugin.OperationType;
import io.arrakis.runtime.spec.ContentHash;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What decides the result of a step: operation and its code, parameters with the content of what they refer to, model, seed, and
 * what decides the last bits. Steps of equal keys give equal bytes, whichever trial they are of. Used by one thread.
 */
final class StepKey {

    private final RunParts parts;
    private final NumericSetup setup;
    private final Map<StepId, String> keys = new HashMap<>();

    StepKey(RunParts parts, NumericSetup setup) {
        this.parts = parts;
        this.setup = setup;
    }

    /** Returns the key of a step whose earlier steps were asked for before. */
    String of(PreparedStep step) {
        Map<String, String> decides = new TreeMap<>();
        OperationType operation = step.node().spec().operation();
        decides.put("operation", operation.fullName());
        decides.put("tool", parts.session().code().of(operation.origin()));
        decides.put("framework", parts.session().code().framework());
        decides.put("control", step.node().id().control().map(Control::id).orElse(""));
        decides.put("model", model(step));
        decides.put("interventions", step.changes().stream().map(PassKeys::text).collect(Collectors.joining("\n")));
        decides.put("seed", Long.toString(parts.experiment().seed()));
        decides.put("dtype", parts.experiment().dtype().id());
        decides.put("numbers", setup.deviceKind() + " " + setup.threads() + " " + setup.batchDivisor());
        StringBuilder parameters = new StringBuilder();
        write(step.parameters(), step, parameters);
        decides.put("parameters", parameters.toString());
        String key = CacheKey.of(decides).hash();
        keys.put(step.node().id(), key);
        return key;
    }

    private String model(PreparedStep step) {
        HookedModel model = parts.models().get(step.model());
        Requirements requirements = step.requirements();
        Set<HookName> hooks = new HashSet<>();
        requirements.captures().forEach(capture -> hooks.addAll(capture.hooks()));
        String weights = requirements.passes().isPresent()
                ? model.fingerprint()
                : model.fingerprint(hooks, requirements.weights());
        return weights + " " + RunIdentity.tokenizer(model);
    }

    private void write(Object value, PreparedStep step, StringBuilder out) {
        if (value instanceof DataRef data) {
            Dataset dataset = parts.data().get(data.name());
            text("data " + dataset.fingerprint() + " " + parts.data().maxTokens(data.name()), out);
        } else if (value instanceof StepRef<?> read) {
            text("step " + keys.get(step.node().reads().get(read.step())), out);
        } else if (value instanceof Path path) {
            text("file " + ContentHash.of(path), out);
        } else if (value instanceof Optional<?> maybe) {
            out.append('?');
            maybe.ifPresent(it -> write(it, step, out));
        } else if (value instanceof Collection<?> list) {
            out.append('[').append(list.size()).append(' ');
            list.forEach(it -> write(it, step, out));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, it) -> sorted.put(String.valueOf(key), it));
            out.append('{').append(sorted.size()).append(' ');
            sorted.forEach((key, it) -> {
                text(key, out);
                write(it, step, out);
            });
        } else if (value instanceof Record record) {
            record(record, step, out);
        } else {
            text(String.valueOf(value), out);
        }
    }

    private void record(Record record, PreparedStep step, StringBuilder out) {
        text(record.getClass().getName(), out);
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            text(component.getName(), out);
            write(Components.value(component, record), step, out);
        }
    }

    /** With its length, so that no two values look like one. */
    private static void text(String text, StringBuilder out) {
        out.append(text.length()).append(':').append(text).append(' ');
    }
}
