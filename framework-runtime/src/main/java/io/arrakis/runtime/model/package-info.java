/**
 * The hooked transformer: one forward pass for all families, driven by an {@link io.arrakis.api.model.Architecture}, with
 * every hook point readable and changeable.
 *
 * <p>Read {@code HookedTransformer} first, then {@code Block}, {@code Attention} and {@code Mlp}, which are lists of named
 * steps. Arrays of the engine never leave this package.
 */
package io.arrakis.runtime.model;
