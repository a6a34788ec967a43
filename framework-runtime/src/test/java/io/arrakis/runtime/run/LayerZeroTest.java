package io.arrakis.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LayerZeroTest {

    record Inner(@Layer(LayerKind.RESIDUAL) int layer, String text) {}

    record Many(
            @Layer(LayerKind.RESIDUAL) int one,
            @Layer(LayerKind.RESIDUAL) Layers some,
            @Layer(LayerKind.RESIDUAL) List<Integer> listed,
            @Layer(LayerKind.RESIDUAL) Optional<Integer> maybe,
            @Layer(LayerKind.RESIDUAL) OptionalInt absent,
            @Layer(LayerKind.BLOCK) int block,
            int kNeighbors,
            Inner inner) {}

    record Block(@Layer(LayerKind.BLOCK) int block) {}

    record Nested(Inner inner) {}

    @Test
    void everyResidualLayerBecomesZeroAndNothingElseChanges() {
        Many many = new Many(
                2, new Layers.All(), List.of(1, 2), Optional.of(3), OptionalInt.empty(), 4, 50, new Inner(5, "x"));
        assertThat(LayerZero.in(many))
                .isEqualTo(new Many(
                        0,
                        new Layers.One(0),
                        List.of(0),
                        Optional.of(0),
                        OptionalInt.empty(),
                        4,
                        50,
                        new Inner(0, "x")));
    }

    @Test
    void appliesOnlyWhereAResidualLayerIsNamed() {
        assertThat(LayerZero.applies(Many.class)).isTrue();
        assertThat(LayerZero.applies(Nested.class)).isTrue();
        assertThat(LayerZero.applies(Block.class)).isFalse();
    }
}
