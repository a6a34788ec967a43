package io.arrakis.runtime.plan;

import java.util.Map;
import java.util.Objects;

/**
 * What decides the last bits of a forward pass, beside model and texts.
 *
 * @param deviceKind {@code cpu} or {@code gpu}
 * @param threads    threads of one operation
 */
public record NumericSetup(String deviceKind, int threads) {

    /** Version of the code of the forward pass; changes whenever its numbers do. */
    public static final int FORWARD_VERSION = 2;

    /** Checks that nothing is null. */
    public NumericSetup {
        Objects.requireNonNull(deviceKind, "deviceKind");
    }

    /** Adds all of this, and what the numbers are kept as, to the parts of a key. */
    void addTo(Map<String, String> parts) {
        parts.put("dtype", "F32");
        parts.put("forward", Integer.toString(FORWARD_VERSION));
        parts.put("device", deviceKind);
        parts.put("threads", Integer.toString(threads));
    }
}
