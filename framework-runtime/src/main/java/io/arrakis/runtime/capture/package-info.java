/**
 * Whole tensors of a few batches, written to one file: what {@code arrakis capture} does. Analyses read rows instead, through
 * {@code runtime.plan}.
 */
package io.arrakis.runtime.capture;
