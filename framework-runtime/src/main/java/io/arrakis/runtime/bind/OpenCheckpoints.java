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
import java.util.List;
import java.util.Optional;

/** The checkpoint that checks of experiments look at, one at a time. Used by one thread. */
final class OpenCheckpoints implements AutoCloseable {

    private final Checkpoints checkpoints;
    private final Path cacheDirectory;
    private final ModelFamilies families;
    private Optional<Described> open = Optional.empty();

    /** Which model an experiment names. */
    record Key(ModelSpec model, Path base) {

        static Key of(Experiment experiment) {
            return new Key(experiment.model(), experiment.base());
        }
    }

    private record Described(Key key, Checkpoint checkpoint, ModelDescription description) {}

    OpenCheckpoints(Checkpoints checkpoints, Path cacheDirectory, ModelFamilies families) {
        this.checkpoints = checkpoints;
        this.cacheDirectory = cacheDirectory;
        this.families = families;
    }

    /**
     * Returns what operations say is wrong; nothing where the model cannot be opened, which the reader has said. The
     * checkpoint stays open until another model is asked for.
     */
    List<Problem> check(OperationChecks checks, Experiment experiment) {
        try {
            Described model = open(Key.of(experiment));
            return checks.check(experiment, model.description(), model.checkpoint()::tokenizer);
        } catch (ArrakisException e) {
            return List.of();
        }
    }

    private Described open(Key key) {
        if (open.isEmpty() || !open.get().key().equals(key)) {
            close();
            Checkpoint checkpoint = checkpoints.open(key.model(), new ModelContext(key.base(), cacheDirectory));
            try {
                open = Optional.of(new Described(key, checkpoint, Models.describe(checkpoint, families)));
            } catch (ArrakisException e) {
                checkpoint.close();
                throw e;
            }
        }
        return open.get();
    }

    @Override
    public void close() {
        open.ifPresent(model -> model.checkpoint().close());
        open = Optional.empty();
    }
}
