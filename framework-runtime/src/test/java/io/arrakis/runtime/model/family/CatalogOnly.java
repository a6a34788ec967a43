package io.arrakis.runtime.model.family;

import io.arrakis.api.model.CheckpointTensors;
import io.arrakis.api.model.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Map;

/** Names, types and shapes of tensors: all that a description may look at. */
record CatalogOnly(Map<String, TensorInfo> catalog) implements CheckpointTensors {
    @Override
    public void read(String name, long first, FloatBuffer target) {
        throw new AssertionError("no weight is read for a description");
    }

    @Override
    public long bytesRead() {
        return 0;
    }
}
