package io.arrakis.tools.kg;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import java.util.List;

/** The entry of this plug-in. */
public final class KgPlugin implements ToolPlugin {

    /** Called by the service loader. */
    public KgPlugin() {}

    @Override
    public int apiVersion() {
        return ApiVersion.CURRENT;
    }

    @Override
    public List<ToolDescriptor> tools() {
        return List.of(ToolDescriptor.named(
                "kg_extractor",
                "Finds what attention heads compare, and the relations between words that they carry.",
                ExtractRelationalSubspaces.class,
                ProjectTokenEmbeddings.class,
                IdentifyRelationTypes.class,
                CompareSubspaces.class,
                RelateInSentences.class,
                BuildKnowledgeGraph.class,
                EvaluateRelations.class));
    }
}
