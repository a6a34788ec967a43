/**
 * Whether a model computes what it should: checks that need no other implementation, and a comparison with tensors of one.
 */
package io.arrakis.runtime.model.verify;
