package io.arrakis.api.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookPatternTest {
    private static final List<HookName> AVAILABLE = List.of(
            HookName.of(HookPoint.EMBED),
            HookName.of(HookPoint.Q, 0),
            HookName.of(HookPoint.MLP_POST, 0),
            HookName.of(HookPoint.MLP_POST, 1),
            HookName.of(HookPoint.MLP_POST, 10),
            HookName.of(HookPoint.LOGITS));

    @Test
    void aStarStandsForAnyText() {
        assertThat(new HookPattern("*").resolve(AVAILABLE)).containsExactlyElementsOf(AVAILABLE);
        assertThat(new HookPattern("blocks.*.hook_post").resolve(AVAILABLE)).hasSize(3);
        assertThat(new HookPattern("blocks.1*.mlp.hook_post").resolve(AVAILABLE))
                .hasSize(2);
    }

    @Test
    void bracesAndCommasNameSeveral() {
        assertThat(new HookPattern("blocks.{0,10}.mlp.hook_post").resolve(AVAILABLE))
                .hasSize(2);
        assertThat(new HookPattern("logits , hook_embed").resolve(AVAILABLE))
                .containsExactly(HookName.of(HookPoint.EMBED), HookName.of(HookPoint.LOGITS));
    }

    @Test
    void aDotIsADot() {
        assertThatThrownBy(() -> new HookPattern("blocks.0.attn.hook.q").resolve(AVAILABLE))
                .hasMessageContaining("UNKNOWN-HOOK");
    }

    @Test
    void everyPartMustMatch() {
        assertThatThrownBy(() -> new HookPattern("logits,blocks.2.mlp.hook_post").resolve(AVAILABLE))
                .hasMessageContaining("'blocks.2.mlp.hook_post'")
                .hasMessageContaining("blocks.0.mlp.hook_post");
    }

    @Test
    void everyOneOfSeveralInBracesMustMatch() {
        assertThatThrownBy(() -> new HookPattern("blocks.{0,5}.mlp.hook_post").resolve(AVAILABLE))
                .hasMessageContaining("UNKNOWN-HOOK")
                .hasMessageContaining("'blocks.5.mlp.hook_post'")
                .hasMessageContaining("blocks.0.mlp.hook_post");
        assertThatThrownBy(() -> new HookPattern("blocks.{0}.{attn.hook_q,hook_x}").resolve(AVAILABLE))
                .hasMessageContaining("'blocks.{0}.hook_x'");
        assertThat(new HookPattern("blocks.{0,1}.{attn.hook_q,mlp.hook_post}").resolve(AVAILABLE))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,", ",a", "a,,b", "{", "}", "{a", "a}", "{{a}}", "blocks.{0,1.hook_q"})
    void refusesWhatIsNoPattern(String text) {
        assertThatThrownBy(() -> new HookPattern(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
