package io.arrakis.runtime.safetensors;

import io.arrakis.api.model.KeptType;
import java.util.Arrays;
import java.util.Optional;

/** What one element of a tensor in a file is. All are little-endian. */
public enum DType {
    /** One byte: 0 is false, 1 is true. */
    BOOL(1, false),
    /** Unsigned, 8 bits. */
    U8(1, false),
    /** Signed, 8 bits. */
    I8(1, false),
    /** Floating, 8 bits, 5 of them exponent; listed, not converted. */
    F8_E5M2(1, false),
    /** Floating, 8 bits, 4 of them exponent; listed, not converted. */
    F8_E4M3(1, false),
    /** Signed, 16 bits. */
    I16(2, false),
    /** Unsigned, 16 bits. */
    U16(2, false),
    /** Floating, IEEE 754 binary16. */
    F16(2, true),
    /** Floating, the upper half of binary32. */
    BF16(2, true),
    /** Signed, 32 bits. */
    I32(4, false),
    /** Unsigned, 32 bits. */
    U32(4, false),
    /** Floating, IEEE 754 binary32. */
    F32(4, true),
    /** Signed, 64 bits. */
    I64(8, false),
    /** Unsigned, 64 bits. */
    U64(8, false),
    /** Floating, IEEE 754 binary64. */
    F64(8, true);

    private final int bytes;
    private final boolean floating;

    DType(int bytes, boolean floating) {
        this.bytes = bytes;
        this.floating = floating;
    }

    /** Returns the number of bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Returns whether {@link SafetensorsFile} reads it as float32. */
    public boolean floating() {
        return floating;
    }

    /** Returns the type of what is kept in a type of number. */
    public static DType of(KeptType type) {
        return switch (type) {
            case FLOAT32 -> F32;
            case BFLOAT16 -> BF16;
            case FLOAT16 -> F16;
        };
    }

    /** Returns the type with a name as it stands in a file, if there is one. */
    static Optional<DType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
