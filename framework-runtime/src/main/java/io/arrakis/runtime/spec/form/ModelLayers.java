package io.arrakis.runtime.spec.form;

import java.util.Objects;

/**
 * What layer parameters are held against.
 *
 * @param model   the model as people name it, with the line where it stands, such as {@code model 'minilm' (line 4)}
 * @param nLayers number of blocks
 */
public record ModelLayers(String model, int nLayers) {

    /** Checks that the name is there. */
    public ModelLayers {
        Objects.requireNonNull(model, "model");
    }
}
