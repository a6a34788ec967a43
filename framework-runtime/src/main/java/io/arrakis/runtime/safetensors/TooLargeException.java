package io.arrakis.runtime.safetensors;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** A number that the narrower type, in which it was to be kept, does not reach. */
public final class TooLargeException extends ArrakisException {

    private static final long serialVersionUID = 1L;

    private final float value;
    private final String type;

    /**
     * Says that a number is too large.
     *
     * @param where the hook point or the tensor
     * @param type  name of the type of number
     */
    public TooLargeException(String where, float value, String type) {
        super(
                ErrorCode.TOOL_INPUT,
                where,
                "it has the number " + value + ", and " + type + " does not reach that far",
                "keep it in float32, or in bfloat16, which reaches as far");
        this.value = value;
        this.type = type;
    }

    /** Returns the same of another place. */
    public TooLargeException at(String where) {
        return new TooLargeException(where, value, type);
    }
}
