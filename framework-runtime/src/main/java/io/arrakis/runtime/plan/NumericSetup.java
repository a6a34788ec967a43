package io.arrakis.runtime.plan;

import java.util.Objects;

/**
 * What decides the last bits of a forward pass, beside model and texts.
 *
 * @param forwardVersion version of the code of the forward pass
 * @param deviceKind     {@code cpu} or {@code gpu}
 * @param threads        threads of one operation
 */
public record NumericSetup(int forwardVersion, String deviceKind, int threads) {

    /** Checks that nothing is null. */
    public NumericSetup {
        Objects.requireNonNull(deviceKind, "deviceKind");
    }
}
