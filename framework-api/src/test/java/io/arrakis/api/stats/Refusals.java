package io.arrakis.api.stats;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.arrakis.api.stats.UnusableSampleException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a sample is refused, for the right reason and in words that say so. */
final class Refusals {

    private Refusals() {}

    static void assertRefused(Reason reason, String message, ThrowingCallable call) {
        assertThatExceptionOfType(UnusableSampleException.class)
                .isThrownBy(call)
                .satisfies(e ->
                        org.assertj.core.api.Assertions.assertThat(e.reason()).isEqualTo(reason))
                .withMessageContaining(message);
    }
}
