package io.arrakis.runtime.spec;

import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.spec.form.Plain;
import io.arrakis.runtime.spec.tree.YamlWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes experiments with everything in them. */
final class Resolved {

    private final Function<Plain.File, Object> file;

    private Resolved(Function<Plain.File, Object> file) {
        this.file = file;
    }

    static String yaml(Experiment experiment) {
        Resolved resolved = new Resolved(written -> written.path().toString());
        Map<String, Object> data = new LinkedHashMap<>();
        experiment.data().forEach((name, entry) -> data.put(name, resolved.data(entry)));
        Object model = model(experiment.model(), experiment.modelPath());
        return YamlWriter.write(resolved.document(experiment, model, data));
    }

    static String identity(Experiment experiment, String model, Map<String, String> dataFingerprints) {
        Resolved resolved = new Resolved(written -> ContentHash.of(written.path()));
        Map<String, Object> data = new LinkedHashMap<>();
        experiment.data().forEach((name, entry) -> {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("fingerprint", dataFingerprints.get(name));
            entry.maxTokens().ifPresent(tokens -> content.put("max_tokens", (long) tokens));
            data.put(name, content);
        });
        return CanonicalJson.of(resolved.document(experiment, model, data));
    }

    private Map<String, Object> document(Experiment experiment, Object model, Map<String, Object> data) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", experiment.name());
        document.put("seed", experiment.seed());
        document.put("model", model);
        document.put("device", experiment.device().toString());
        document.put("threads", (long) experiment.threads());
        document.put("dtype", experiment.dtype().id());
        if (!data.isEmpty()) {
            document.put("data", data);
        }
        document.put("controls", controls(experiment.controls()));
        Map<String, Object> steps = new LinkedHashMap<>();
        experiment.steps().forEach((name, step) -> steps.put(name, step(step)));
        document.put("steps", steps);
        return document;
    }

    private Map<String, Object> data(DataEntry entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", entry.source().name());
        entry.plain().forEach((key, value) -> data.put(key, write(value)));
        entry.limit().ifPresent(limit -> data.put("limit", (long) limit));
        entry.maxTokens().ifPresent(tokens -> data.put("max_tokens", (long) tokens));
        return data;
    }

    private Map<String, Object> step(Step entry) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("use", entry.operation().fullName());
        Map<String, Object> with = new LinkedHashMap<>();
        entry.parameters().plain().forEach((key, value) -> with.put(key, write(value)));
        step.put("with", with);
        entry.changes().ifPresent(changes -> changes.plain().forEach((key, value) -> step.put(key, write(value))));
        entry.ownControls().ifPresent(controls -> step.put("controls", controls(controls)));
        return step;
    }

    private static Map<String, Object> controls(Controls controls) {
        Map<String, Object> written = new LinkedHashMap<>();
        controls.randomModel().ifPresent(random -> written.put("random_model", Map.of("seed", random.seed())));
        written.put("layer_0", controls.layer_0());
        return written;
    }

    private static Object model(ModelSpec spec, Optional<Path> path) {
        if (spec instanceof ModelSpec.Named named) {
            return anywhere(named.reference(), path);
        }
        Map<String, Object> random = new LinkedHashMap<>();
        if (spec instanceof ModelSpec.RandomLike like) {
            random.put("like", anywhere(like.like(), path));
            random.put("seed", like.seed());
        } else if (spec instanceof ModelSpec.RandomConfig config) {
            random.put("config", anywhere(config.config(), path));
            random.put("seed", config.seed());
        }
        return Map.of("random", random);
    }

    /** A reference that is a path becomes absolute, so that it means the same from another directory. */
    private static String anywhere(String reference, Optional<Path> path) {
        return path.map(Path::toString).orElse(reference);
    }

    private Object write(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> written = new LinkedHashMap<>();
            map.forEach((key, value) -> written.put((String) key, write(value)));
            return written;
        }
        if (plain instanceof Collection<?> list) {
            return list.stream().map(this::write).toList();
        }
        if (plain instanceof String text) {
            return text.replace("${", "$${");
        }
        return plain instanceof Plain special ? special(special) : plain;
    }

    private Object special(Plain plain) {
        if (plain instanceof Plain.Chosen chosen) {
            return write(chosen.value());
        } else if (plain instanceof Plain.Referenced referenced) {
            return referenced.reference().toString();
        } else if (plain instanceof Plain.Late late) {
            return late.reference().toString();
        }
        return file.apply((Plain.File) plain);
    }
}
