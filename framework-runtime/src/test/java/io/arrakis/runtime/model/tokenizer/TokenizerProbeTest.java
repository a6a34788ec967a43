package io.arrakis.runtime.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenizerProbeTest {

    @Test
    void libraryOfThisMachineGivesTheRightIds() {
        assertThat(new TokenizerProbe().difference()).isEmpty();
    }
}
