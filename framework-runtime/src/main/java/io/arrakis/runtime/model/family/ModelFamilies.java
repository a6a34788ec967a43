package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All families that can be read, by their {@code model_type}. Immutable. */
public final class ModelFamilies {
    /** The tensors of files, which may leave the prefix out. */
    private record StoredTensors(Set<String> names, String prefix) implements TensorCatalog {
        @Override
        public boolean contains(String name) {
            return names.contains(name) || names.contains(withoutPrefix(name, prefix));
        }

        @Override
        public boolean stores(String name) {
            return contains(name);
        }
    }

    /** Where there are no files. */
    private record EveryTensor() implements TensorCatalog {
        @Override
        public boolean contains(String name) {
            return true;
        }

        @Override
        public boolean stores(String name) {
            return false;
        }
    }

    private final SortedMap<String, ModelFamily> byType = new TreeMap<>();

    private ModelFamilies() {}

    /** The families that come with the framework. */
    public static ModelFamilies builtIn() {
        ModelFamilies families = new ModelFamilies();
        ServiceLoader.load(ModelFamily.class, ModelFamilies.class.getClassLoader())
                .forEach(families::add);
        return families;
    }

    /**
     * These families and others.
     *
     * @throws ArrakisException with {@code TOOL-BROKEN} if two read the same {@code model_type}
     */
    public ModelFamilies with(Collection<? extends ModelFamily> others) {
        ModelFamilies families = new ModelFamilies();
        families.byType.putAll(byType);
        others.forEach(families::add);
        return families;
    }

    /** Every {@code model_type} that can be read. */
    public Set<String> modelTypes() {
        return byType.keySet();
    }

    /**
     * Reads the configuration of a checkpoint; the tensors decide which heads the model has.
     *
     * @throws ArrakisException with {@code MODEL-CONFIG} if no family reads it, if it has keys that its family does not know, or
     *     if the files hold weights that the model it describes does not have
     */
    public DescribedModel describe(ModelConfig config, CheckpointTensors tensors) {
        ModelFamily family = family(config);
        Set<String> stored = tensors.catalog().keySet();
        DescribedModel described = describe(config, new StoredTensors(stored, family.prefix()));
        int blocks = described.architecture().dims().nLayers();
        if (blocks > stored.size()) {
            throw new ArrakisException(
                    ErrorCode.MODEL_CONFIG,
                    config.origin(),
                    "it says that there are " + blocks + " blocks, but the files hold " + stored.size() + " tensors",
                    "the files and config.json must be of one model");
        }
        return guarded(family, config, () -> {
            new UnreadTensors(family, described.architecture(), tensors.catalog()).refuse(config.origin());
            return described;
        });
    }

    /** Reads a configuration alone; the model has every head that its family knows. */
    public DescribedModel describe(ModelConfig config) {
        return describe(config, new EveryTensor());
    }

    /** A tensor's name as files that were saved from the base class have it. */
    public static String withoutPrefix(String name, String prefix) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private DescribedModel describe(ModelConfig config, TensorCatalog tensors) {
        ModelFamily family = family(config);
        Architecture architecture = guarded(family, config, () -> family.architecture(config, tensors));
        HarmlessKeys.ignoreIn(config, architecture);
        Set<String> unread = config.unread();
        if (!unread.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.MODEL_CONFIG,
                    config.origin(),
                    "the family '" + config.text("model_type").orElseThrow() + "' does not know "
                            + String.join(", ", unread) + ", which may change what the model computes",
                    "remove it if it changes nothing");
        }
        return new DescribedModel(config.text("model_type").orElseThrow(), family, architecture);
    }

    private static <T> T guarded(ModelFamily family, ModelConfig config, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.MODEL_CONFIG,
                            SourceLocation.of(config.origin()),
                            String.valueOf(e.getMessage()),
                            "mend the value in the configuration")),
                    e);
        } catch (ArrakisException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.TOOL_FAILED,
                            SourceLocation.of(config.origin()),
                            "the model family " + family.getClass().getName() + " threw " + e,
                            "tell its author")),
                    e);
        }
    }

    private ModelFamily family(ModelConfig config) {
        String type = config.text("model_type").orElseThrow(() -> config.problem("model_type", "is missing"));
        ModelFamily family = byType.get(type);
        if (family == null) {
            throw new ArrakisException(
                    ErrorCode.MODEL_CONFIG,
                    config.origin(),
                    "no family reads model_type '" + type + "'",
                    "known: " + String.join(", ", byType.keySet()));
        }
        return family;
    }

    private void add(ModelFamily family) {
        for (String type : family.modelTypes()) {
            ModelFamily other = byType.putIfAbsent(type, family);
            if (other != null) {
                throw new ArrakisException(
                        ErrorCode.TOOL_BROKEN,
                        family.getClass().getName(),
                        "it reads model_type '" + type + "', and so does "
                                + other.getClass().getName(),
                        "remove one of them");
            }
        }
    }
}
