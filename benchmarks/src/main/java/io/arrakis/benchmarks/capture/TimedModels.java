package io.arrakis.benchmarks.capture;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import java.nio.file.Path;
import java.util.Arrays;

/** What is timed: a model on the CPU, and a batch for it. */
final class TimedModels {

    private TimedModels() {}

    /** Opens a model by its built-in name or its directory. */
    static HookedModel open(String name, int threads) {
        return Models.open(
                Checkpoints.builtIn().open(new ModelSpec.Named(name), new ModelContext(Path.of("."), cache())),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(threads));
    }

    private static Path cache() {
        String given = System.getenv("ARRAKIS_CACHE_DIR");
        return given == null ? Path.of(System.getProperty("user.home"), ".cache", "arrakis") : Path.of(given);
    }

    /** Returns a batch without padding. */
    static TokenBatch batch(int rows, int columns) {
        boolean[][] real = new boolean[rows][columns];
        for (boolean[] row : real) {
            Arrays.fill(row, true);
        }
        return TokenBatch.of(TokenIds.of(rows, columns), real);
    }
}
