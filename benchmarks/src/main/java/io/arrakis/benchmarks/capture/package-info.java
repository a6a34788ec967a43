/** Captures of activations beside the plain forward pass of another engine. */
package io.arrakis.benchmarks.capture;
