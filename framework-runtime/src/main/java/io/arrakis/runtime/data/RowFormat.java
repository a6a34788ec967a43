package io.arrakis.runtime.data;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** How rows stand in a file. */
@FunctionalInterface
interface RowFormat {

    /** Begins to read; closing the rows closes the reader. */
    Rows read(BufferedReader in) throws IOException, BadRowException;

    /** The rows of a file, one after the other. */
    interface Rows extends Closeable {

        /** Returns the next row, or nothing at the end. */
        Optional<Row> next() throws IOException, BadRowException;
    }
}
