/**
 * Activations that were computed once: matrices by a key that is made of content, on disk and shared between processes, the
 * recently used ones kept open. Read {@link io.arrakis.runtime.cache.ActivationCache} first.
 */
package io.arrakis.runtime.cache;
