package io.arrakis.runtime.natives;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;

/** A native library computes something else than plain Java; another kind of kernels may mend it. */
public final class WrongNumbersException extends ArrakisException {

    private static final long serialVersionUID = 1L;

    WrongNumbersException(String library, String difference) {
        super(
                ErrorCode.NATIVES,
                library,
                "it computes wrong numbers on this processor: " + difference,
                "set OPENBLAS_CORETYPE to a kind of kernels that computes right, such as Haswell, Zen or Sandybridge");
    }
}
