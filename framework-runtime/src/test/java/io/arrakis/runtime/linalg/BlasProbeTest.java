package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlasProbeTest {

    @Test
    void findsTheKernelsOfThisMachineRight() {
        assertThat(new BlasProbe().difference()).isEmpty();
    }
}
