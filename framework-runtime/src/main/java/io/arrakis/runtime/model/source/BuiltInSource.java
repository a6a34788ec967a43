package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSource;
import java.util.List;

/**
 * Opens the models that come with the framework. When its weights or its tokenizer are first needed, a model is unpacked into
 * the cache directory in Hugging Face layout, which takes about a second; from then on it is mapped from there.
 */
public final class BuiltInSource implements ModelSource {

    @Override
    public String kind() {
        return "built-in";
    }

    @Override
    public List<String> names() {
        return BuiltInModel.names();
    }

    @Override
    public boolean accepts(String reference, ModelContext context) {
        return BuiltInModel.named(reference).isPresent();
    }

    @Override
    public Checkpoint open(String reference, ModelContext context) {
        BuiltInModel model = BuiltInModel.named(reference)
                .orElseThrow(() -> new IllegalArgumentException("no built-in model '" + reference + "'"));
        return new BuiltInCheckpoint(model, context);
    }
}
