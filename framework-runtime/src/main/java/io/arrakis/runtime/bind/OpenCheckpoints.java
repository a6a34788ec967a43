package io.arrakis.runtime.bind;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.Problem;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.run.OperationChecks;
import io.arrakis.runtime.spec.Experiment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checkpoints that checks of experiments look at, each opened once. Used by one thread. */
final class OpenCheckpoints implements AutoCloseable {

    private final Checkpoints checkpoints;
    private final Path cacheDirectory;
    private final ModelFamilies families;
    private final Map<Key, Described> open = new LinkedHashMap<>();

    private record Key(ModelSpec model, Path base) {}

    private record Described(Checkpoint checkpoint, ModelDescription description) {}

    OpenCheckpoints(Checkpoints checkpoints, Path cacheDirectory, ModelFamilies families) {
        this.checkpoints = checkpoints;
        this.cacheDirectory = cacheDirectory;
        this.families = families;
    }

    /** Returns what operations say is wrong; nothing where the model cannot be opened, which the reader has said. */
    List<Problem> check(OperationChecks checks, Experiment experiment) {
        try {
            Described model = open(new Key(experiment.model(), experiment.base()));
            return checks.check(experiment, model.description(), model.checkpoint()::tokenizer);
        } catch (ArrakisException e) {
            return List.of();
        }
    }

    private Described open(Key key) {
        Described known = open.get(key);
        if (known == null) {
            Checkpoint checkpoint = checkpoints.open(key.model(), new ModelContext(key.base(), cacheDirectory));
            try {
                known = new Described(checkpoint, Models.describe(checkpoint, families));
            } catch (ArrakisException e) {
                checkpoint.close();
                throw e;
            }
            open.put(key, known);
        }
        return known;
    }

    @Override
    public void close() {
        open.values().forEach(model -> model.checkpoint().close());
    }
}
