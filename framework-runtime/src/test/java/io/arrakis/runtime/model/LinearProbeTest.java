package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinearProbeTest {
    @Test
    void findsNothingWrongWithThisMachine() {
        assertThat(new LinearProbe(2).difference()).isEmpty();
    }
}
