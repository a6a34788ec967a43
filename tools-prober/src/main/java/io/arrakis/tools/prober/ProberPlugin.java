package io.arrakis.tools.prober;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import java.util.List;

/** The tool {@code k_prober}. */
public final class ProberPlugin implements ToolPlugin {

    /** Called by the service loader. */
    public ProberPlugin() {}

    @Override
    public int apiVersion() {
        return ApiVersion.CURRENT;
    }

    @Override
    public List<ToolDescriptor> tools() {
        return List.of(ToolDescriptor.named(
                "k_prober",
                "How many senses words show at a layer, and which neurons respond to a concept.",
                PolysemanticScore.class,
                KnowledgeProbe.class,
                FindConceptNeurons.class,
                FindNeuronsOfConcepts.class,
                NeuronEffect.class,
                NeuronLogits.class,
                NeuronCrowding.class,
                NeuronPolysemanticity.class,
                EvaluatePolysemy.class,
                EvaluateNeurons.class));
    }
}
