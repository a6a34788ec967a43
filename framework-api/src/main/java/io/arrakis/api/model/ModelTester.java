package io.arrakis.api.model;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stability.Experimental;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads, opens and checks models of a family. The runtime provides it through
 * {@code META-INF/services/io.arrakis.api.model.ModelTester}; the test kit uses it without knowing the runtime.
 */
@Experimental
public interface ModelTester {

    /**
     * Finds the runtime's implementation on the class path.
     *
     * @throws ArrakisException if the runtime is not there
     */
    static ModelTester find() {
        return ServiceLoader.load(ModelTester.class, ModelTester.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.INTERNAL,
                        "class path",
                        "no runtime is on the class path",
                        "add io.arrakis:framework-runtime, at scope test for the tests of a family"));
    }

    /**
     * Reads a configuration; the model has every head that the family knows. Touches no native library.
     *
     * @param config a {@code config.json}
     * @throws ArrakisException with {@code MODEL-CONFIG}, also for keys that nobody knows
     */
    ModelDescription describe(ModelFamily family, Path config);

    /**
     * Opens a model in float32 on the CPU.
     *
     * @param model a directory in Hugging Face layout, or a {@code config.json} for random weights
     * @param cache where files may be kept
     * @return owned by the caller, who closes it
     */
    HookedModel open(ModelFamily family, Path model, Path cache);

    /**
     * Checks that batch size, padding and masked tokens change nothing, that heads and attention patterns add up, float32 against
     * float64, and the tensors of another implementation.
     *
     * @param model     as in {@link #open}
     * @param cache     where files may be kept
     * @param reference a folder with {@code inputs.json} and {@code expected.safetensors}; empty for none
     */
    List<Check> check(ModelFamily family, Path model, Path cache, Optional<Path> reference);

    /**
     * How a check came out.
     *
     * @param name    what was compared
     * @param holds   whether it is within its tolerance
     * @param largest the largest difference, as a share of the size of the numbers
     * @param where   the place of the largest difference
     */
    record Check(String name, boolean holds, double largest, String where) {}
}
