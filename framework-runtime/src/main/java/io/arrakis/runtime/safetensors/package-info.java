/**
 * The safetensors file format, read and written. Knows nothing of models, caches or results, which all keep their numbers
 * in it. Read {@link io.arrakis.runtime.safetensors.SafetensorsFile} first.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
package io.arrakis.runtime.safetensors;
