package io.arrakis.runtime.model.verify;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.ModelTester;
import io.arrakis.runtime.model.ComputeOptions;
import io.arrakis.runtime.model.Models;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.runtime.model.source.ModelSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tests models in this process, on one thread of the CPU. */
public final class LocalModelTester implements ModelTester {

    private static final long SEED = 1;

    /** For {@link java.util.ServiceLoader}. */
    public LocalModelTester() {}

    @Override
    public ModelDescription describe(ModelFamily family, Path config) {
        ModelFamilies families = families(family);
        ModelSpec spec = new ModelSpec.RandomConfig(config.toAbsolutePath().toString(), SEED);
        Path base = config.toAbsolutePath().getParent();
        try (var checkpoint =
                new Checkpoints(ModelSources.builtIn(), families).open(spec, new ModelContext(base, base))) {
            return Models.describe(checkpoint, families);
        }
    }

    @Override
    public HookedModel open(ModelFamily family, Path model, Path cache) {
        return open(family, model, cache, ComputeType.FLOAT32);
    }

    private static HookedModel open(ModelFamily family, Path model, Path cache, ComputeType type) {
        ModelFamilies families = families(family);
        String path = model.toAbsolutePath().toString();
        ModelSpec spec = Files.isDirectory(model) ? new ModelSpec.Named(path) : new ModelSpec.RandomConfig(path, SEED);
        ModelContext context = new ModelContext(model.toAbsolutePath().getParent(), cache);
        return Models.open(
                new Checkpoints(ModelSources.builtIn(), families).open(spec, context),
                families,
                ComputeOptions.cpu(1).in(type));
    }

    /** The built-in families, and this one where it is another. */
    private static ModelFamilies families(ModelFamily family) {
        ModelFamilies builtIn = ModelFamilies.builtIn();
        return builtIn.modelTypes().containsAll(family.modelTypes()) ? builtIn : builtIn.with(List.of(family));
    }

    @Override
    public List<Check> check(ModelFamily family, Path model, Path cache, Optional<Path> reference) {
        List<Finding> findings = new ArrayList<>();
        try (HookedModel opened = open(family, model, cache)) {
            ModelVerifier verifier = new ModelVerifier(opened, () -> open(family, model, cache, ComputeType.FLOAT64));
            findings.addAll(verifier.run());
            reference.map(verifier::compare).ifPresent(findings::add);
        }
        return findings.stream()
                .map(finding -> new Check(finding.check(), finding.holds(), finding.largest(), finding.where()))
                .toList();
    }
}
