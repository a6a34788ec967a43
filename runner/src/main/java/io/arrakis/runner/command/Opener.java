package io.arrakis.runner.command;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.model.source.ModelSources;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.Provided;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens the model that a command line names, with the families and sources of the plug-ins. */
final class Opener {

    private final ModelFamilies families;
    private final Checkpoints checkpoints;
    private final Path cacheDirectory;

    Opener(PluginCatalog catalog, Path cacheDirectory) {
        List<ModelSource> sources = new ArrayList<>();
        catalog.modelSources().values().stream().map(Provided::value).forEach(sources::add);
        List<ModelFamily> others =
                catalog.modelFamilies().values().stream().map(Provided::value).toList();
        this.families = ModelFamilies.builtIn().with(others);
        this.checkpoints = new Checkpoints(new ModelSources(sources), families);
        this.cacheDirectory = cacheDirectory;
    }

    ModelFamilies families() {
        return families;
    }

    /** Opens a built-in name or a directory, relative to the working directory. */
    Checkpoint open(String model) {
        return checkpoints.open(new ModelSpec.Named(model), new ModelContext(Path.of(""), cacheDirectory));
    }
}
