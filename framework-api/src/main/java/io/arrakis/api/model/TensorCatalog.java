package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;

/** Which tensors a checkpoint has, asked by a family that decides which heads a model has. */
@Experimental
public interface TensorCatalog {
    /**
     * Whether a tensor is there, with or without the family's prefix. A model that is made from its configuration alone has
     * every tensor that its family knows.
     */
    boolean contains(String name);

    /** Whether a file holds the tensor; never for a model that is made from its configuration alone. */
    boolean stores(String name);
}
