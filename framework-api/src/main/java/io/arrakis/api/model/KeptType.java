package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;

/**
 * What numbers an activation is kept in, in memory and in the cache. What a pass computes in is {@link ComputeType}.
 *
 * <p>Narrower numbers are rounded to the nearest, ties to even; what is read of them is float32 again, so that the code that reads
 * them stays the same. Pooling happens before the rounding.
 */
@Stable
public enum KeptType {
    /** The default: all that a pass in float32 knows, four bytes. A pass in float64 keeps float64 here. */
    FLOAT32("float32", 4),
    /** Two bytes, 8 bits of precision, as large as float32. */
    BFLOAT16("bfloat16", 2),
    /** Two bytes, 11 bits of precision; a number beyond 65,504 is an error. */
    FLOAT16("float16", 2);

    private final String id;
    private final int bytes;

    KeptType(String id, int bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    /** The name that users write. */
    public String id() {
        return id;
    }

    /** The bytes of one number. */
    public int bytes() {
        return bytes;
    }
}
