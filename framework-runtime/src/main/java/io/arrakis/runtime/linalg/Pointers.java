package io.arrakis.runtime.linalg;

import org.bytedeco.javacpp.DoublePointer;

/** Copies between native memory and the heap. */
final class Pointers {

    private Pointers() {}

    static double[] toHeap(DoublePointer pointer, int count) {
        double[] result = new double[count];
        pointer.get(result, 0, count);
        return result;
    }
}
