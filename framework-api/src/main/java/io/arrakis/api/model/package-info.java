/**
 * A model that can be opened and looked into: its architecture, tokenizer, weights and forward pass, and the two points at
 * which a plug-in can add to what can be opened.
 *
 * <p>Read {@link io.arrakis.api.model.HookedModel} first, then {@link io.arrakis.api.model.Architecture}. To add a family
 * implement {@link io.arrakis.api.model.ModelFamily}; to open models from another place implement
 * {@link io.arrakis.api.model.ModelSource}.
 */
package io.arrakis.api.model;
