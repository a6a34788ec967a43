package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;

/** What numbers a forward pass computes in. Softmax and the statistics of norms accumulate in at least float32 in all of them. */
@Stable
public enum ComputeType {
    /** The default, and what every result of this project is given for. */
    FLOAT32("float32"),
    /** Half the memory, 8 bits of precision. */
    BFLOAT16("bfloat16"),
    /** Half the memory, 11 bits of precision, numbers up to 65,504. */
    FLOAT16("float16"),
    /** For telling rounding from mistakes. */
    FLOAT64("float64");

    private final String id;

    ComputeType(String id) {
        this.id = id;
    }

    /** The name that experiments use. */
    public String id() {
        return id;
    }
}
