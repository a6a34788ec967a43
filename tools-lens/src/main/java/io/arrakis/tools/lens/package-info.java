/**
 * The tool {@code lens}: what a model would say at each layer, what each of its parts writes, where its heads look, and which
 * of its activations carry an answer.
 */
package io.arrakis.tools.lens;
