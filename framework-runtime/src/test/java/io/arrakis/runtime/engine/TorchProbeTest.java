package io.arrakis.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TorchProbeTest {
    @Test
    void findsNothingWrongWithThisMachine() {
        assertThat(new TorchProbe(1).difference()).isEmpty();
    }
}
