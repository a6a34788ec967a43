package io.arrakis.tools.lens;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import java.util.List;

/** The tool {@code lens}. */
public final class LensPlugin implements ToolPlugin {

    /** Called by the service loader. */
    public LensPlugin() {}

    @Override
    public int apiVersion() {
        return ApiVersion.CURRENT;
    }

    @Override
    public List<ToolDescriptor> tools() {
        return List.of(ToolDescriptor.named(
                "lens",
                "What a model would say at each layer, what its parts write, where its heads look, and which activations matter.",
                LogitLens.class,
                ResidualDecomposition.class,
                AttentionPatterns.class,
                ActivationPatching.class));
    }
}
