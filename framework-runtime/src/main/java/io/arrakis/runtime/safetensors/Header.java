package io.arrakis.runtime.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands before the numbers of a file.
 *
 * @param metadata free text by key, as written; empty where there is none
 * @param entries  the tensors by name, in the order of their bytes
 */
record Header(Map<String, String> metadata, Map<String, TensorEntry> entries) {

    /** Number of bytes that give the length of the header. */
    static final int LENGTH_BYTES = 8;

    /** Longest header that is read, as in the reference implementation. */
    static final long MAX_BYTES = 100_000_000;

    /** Key of the free text. */
    static final String METADATA = "__metadata__";

    /** Copies the maps in their order. */
    Header {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
}
