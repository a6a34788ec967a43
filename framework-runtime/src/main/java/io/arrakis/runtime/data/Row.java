package io.arrakis.runtime.data;

import io.arrakis.api.data.Example;
import java.util.Map;

/**
 * A row of a file.
 *
 * @param line   the line where it begins, from 1
 * @param text   what the model reads; empty where the file has no texts
 * @param fields the other fields
 */
record Row(long line, String text, Map<String, Object> fields) {

    Example example() {
        return new Example(Long.toString(line), text, fields);
    }
}
