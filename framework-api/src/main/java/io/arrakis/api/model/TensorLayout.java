package io.arrakis.api.model;

import io.arrakis.api.stability.Experimental;

/** How a checkpoint stores a matrix that is applied as {@code x W}. */
@Experimental
public enum TensorLayout {
    /** {@code [out, in]}, as linear layers of PyTorch; also tables {@code [row, width]}, vectors and everything that is no matrix. */
    OUT_IN,
    /** {@code [in, out]}, as the Conv1D of GPT-2. */
    IN_OUT
}
