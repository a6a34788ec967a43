/**
 * Files that are there whole or not at all, and what to say when a disk does not take them. Read {@link
 * io.arrakis.runtime.files.AtomicFiles} first.
 */
package io.arrakis.runtime.files;
