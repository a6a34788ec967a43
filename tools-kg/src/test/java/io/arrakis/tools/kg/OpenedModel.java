package io.arrakis.tools.kg;

import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import java.nio.file.Path;

/** Models for tests that look below the surface of an experiment. */
final class OpenedModel {

    private OpenedModel() {}

    static HookedModel in(Path directory) {
        ModelContext context = new ModelContext(directory, directory.resolve("cache"));
        return Models.open(
                Checkpoints.builtIn().open(new ModelSpec.Named(directory.toString()), context),
                ModelFamilies.builtIn(),
                ComputeOptions.cpu(1));
    }
}
