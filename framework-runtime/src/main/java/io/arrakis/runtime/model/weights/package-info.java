/**
 * Weights of a model: from the tensors of its files, under the names and in the shapes of the API. Read
 * {@link io.arrakis.runtime.model.weights.ModelWeights} first.
 */
package io.arrakis.runtime.model.weights;
