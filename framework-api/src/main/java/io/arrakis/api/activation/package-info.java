/**
 * What an operation reads of a model: it names its needs in {@link io.arrakis.api.activation.Requirements} and gets
 * {@link io.arrakis.api.activation.Activations}.
 */
package io.arrakis.api.activation;
