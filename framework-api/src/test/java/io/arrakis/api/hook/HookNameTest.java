package io.arrakis.api.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookNameTest {
    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(HookPoint point) {
        HookName name = point.inBlock() ? HookName.of(point, 12) : HookName.of(point);
        assertThat(HookName.parse(name.toString())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "blocks.0.hook_resid_pr",
                "blocks.hook_resid_pre",
                "blocks.-1.hook_resid_pre",
                "blocks.99999999999.hook_resid_pre",
                "blocks.0.logits",
                "hook_resid_pre",
                "blocks.{l}.hook_resid_pre",
                "LOGITS"
            })
    void refusesWhatNoFamilyHas(String text) {
        assertThatThrownBy(() -> HookName.parse(text))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_HOOK));
    }

    @Test
    void suggestsTheNearestNames() {
        assertThatThrownBy(() -> HookName.parse("blocks.3.mlp.hook_pots"))
                .hasMessage("hook point 'blocks.3.mlp.hook_pots': error UNKNOWN-HOOK: there is no such hook point; "
                        + "did you mean blocks.3.mlp.hook_post or blocks.3.mlp.hook_pre or blocks.3.attn.hook_rot_k?");
    }

    @Test
    void needsABlockExactlyWhereThePointLiesInOne() {
        assertThatThrownBy(() -> HookName.of(HookPoint.Q)).hasMessageContaining("needs the number of a block");
        assertThatThrownBy(() -> HookName.of(HookPoint.LOGITS, 0)).hasMessageContaining("lies in no block");
        assertThatThrownBy(() -> HookName.of(HookPoint.Q, -1)).hasMessageContaining("below 0");
    }

    @Test
    void residualLayersAreWhatEntersAndWhatLeavesBlocks() {
        assertThat(HookName.residual(0)).hasToString("blocks.0.hook_resid_pre");
        assertThat(HookName.residual(6)).hasToString("blocks.5.hook_resid_post");
    }

    @Test
    void standInForwardOrder() {
        List<HookName> order = List.of(
                HookName.of(HookPoint.EMBED),
                HookName.of(HookPoint.RESID_PRE, 0),
                HookName.of(HookPoint.PATTERN, 0),
                HookName.of(HookPoint.MLP_POST, 0),
                HookName.of(HookPoint.Q, 1),
                HookName.of(HookPoint.Q, 10),
                HookName.of(HookPoint.LOGITS));
        List<HookName> shuffled = new ArrayList<>(order);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(order);
    }

    @Test
    void saysHowDeepAPassMustGo() {
        assertThat(HookName.of(HookPoint.EMBED).blocksNeeded(6)).isZero();
        assertThat(HookName.of(HookPoint.RESID_PRE, 2).blocksNeeded(6)).isEqualTo(2);
        assertThat(HookName.of(HookPoint.Q, 2).blocksNeeded(6)).isEqualTo(3);
        assertThat(HookName.of(HookPoint.LOGITS).blocksNeeded(6)).isEqualTo(6);
    }
}
