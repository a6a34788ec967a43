package io.arrakis.runtime.natives;

import java.util.Optional;

/** A small computation of a native library that is held against plain Java, in a few milliseconds. */
public interface NativeProbe {

    /** Returns what computes, such as {@code OpenBLAS}. */
    String library();

    /** Computes; returns what came out wrong, or nothing where all is right. */
    Optional<String> difference();
}
