package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ModelFamily;

/**
 * A configuration that was understood.
 *
 * @param modelType    the {@code model_type} of the configuration
 * @param family       the family that read it
 * @param architecture what it describes
 */
public record DescribedModel(String modelType, ModelFamily family, Architecture architecture) {}
