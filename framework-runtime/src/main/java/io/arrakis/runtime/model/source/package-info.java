/**
 * Where models come from: built-in ones, directories in Hugging Face layout, random weights, and the sources of plug-ins. Read
 * {@link io.arrakis.runtime.model.source.Checkpoints} first. Opening a model here touches no native library and reads no
 * weights.
 */
package io.arrakis.runtime.model.source;
