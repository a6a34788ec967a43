package io.arrakis.runtime.device;

/** Where ND4J computes: one backend per process, chosen by the class path. */
public enum Nd4jBackend {
    /** On the processor. */
    CPU,
    /** On a GPU. */
    GPU
}
