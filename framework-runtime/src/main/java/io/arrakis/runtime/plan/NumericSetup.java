package io.arrakis.runtime.plan;

import io.arrakis.api.model.Dimensions;
import java.util.Map;
import java.util.Objects;

/**
 * What decides the last bits of a forward pass, beside model and texts.
 *
 * @param deviceKind {@code cpu} or {@code gpu}
 * @param threads    threads of one operation
 * @param batchDivisor 1, or by what batches are smaller than usual, since memory was short
 */
public record NumericSetup(String deviceKind, int threads, int batchDivisor) {

    /** Version of the code of the forward pass; changes whenever its numbers do, and a test holds it against that code. */
    public static final int FORWARD_VERSION = 5;

    /** Checks that nothing is null. */
    public NumericSetup {
        Objects.requireNonNull(deviceKind, "deviceKind");
        if (batchDivisor < 1) {
            throw new IllegalArgumentException("batches divided by " + batchDivisor);
        }
    }

    /** The usual batches. */
    public NumericSetup(String deviceKind, int threads) {
        this(deviceKind, threads, 1);
    }

    /** Returns how texts are put into batches for a model. */
    public BatchLayout layout(Dimensions dims) {
        return BatchLayout.of(dims).dividedBy(batchDivisor);
    }

    /** Adds all of this to the parts of a key. */
    void addTo(Map<String, String> parts) {
        parts.put("forward", Integer.toString(FORWARD_VERSION));
        parts.put("device", deviceKind);
        parts.put("threads", Integer.toString(threads));
    }
}
