package io.arrakis.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class TorchFunctionsTest {
    private static final Engine ENGINE = EngineBootstrap.start(1);

    private static TorchFunctions with(String method) {
        return TorchFunctions.compile(ENGINE, "Sums", """
                class Sums(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                """ + method.indent(2));
    }

    @Test
    void takesEveryKindOfArgument() {
        TorchFunctions functions = with("""
                def sum(self, x: Tensor, more: List[Tensor], n: int, d: float, b: bool, s: str) -> Tensor:
                  y = x + n + d if b else x
                  return y + more[0] if s == "all" else y
                """);
        try (NDManager owner = ENGINE.newBaseManager()) {
            NDArray x = owner.create(new float[] {1, 2});
            TensorList more = TensorList.of(owner, owner.create(new float[] {10, 20}));
            assertThat(functions
                            .tensor(owner, "sum", x, more, 100L, 0.5, true, "all")
                            .toFloatArray())
                    .containsExactly(111.5f, 122.5f);
            assertThat(functions
                            .tensor(owner, "sum", x, TensorList.of(owner), 100L, 0.5, false, "x")
                            .toFloatArray())
                    .containsExactly(1, 2);
        }
    }

    @Test
    void returnsListsOfTensors() {
        TorchFunctions functions = with("def halves(self, x: Tensor) -> List[Tensor]:\n  return x.split([1, 1], 0)\n");
        try (NDManager owner = ENGINE.newBaseManager()) {
            assertThat(functions.tensors(owner, "halves", owner.create(new float[] {1, 2})))
                    .extracting(half -> half.getFloat())
                    .containsExactly(1f, 2f);
        }
    }

    @Test
    void refusesWhatLibtorchDoesNotKnow() {
        assertThatThrownBy(() -> with("def odd(self, x: Tensor) -> Tensor:\n  return ops.mkldnn._no_such(x)\n"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Unknown builtin op: mkldnn::_no_such");
    }

    @Test
    void refusesOtherArguments() {
        TorchFunctions functions = with("def same(self, x: Tensor) -> Tensor:\n  return x\n");
        try (NDManager owner = ENGINE.newBaseManager()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> functions.tensor(owner, "same", 1))
                    .withMessageContaining("takes no 1");
        }
    }
}
