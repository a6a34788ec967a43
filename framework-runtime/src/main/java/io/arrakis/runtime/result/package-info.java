/**
 * Results of operations on disk: a record is written by its structure and read back, also into another record that has some of
 * its components. {@code docs/run-directory.md} has the files. Read {@link io.arrakis.runtime.result.ResultFiles} first.
 */
package io.arrakis.runtime.result;
