package io.arrakis.runtime.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.arrakis.api.hook.Axis;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.LayerSpec;
import io.arrakis.api.model.PositionTable;
import io.arrakis.api.model.RotarySpec;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.engine.TensorList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;

/** One batch as arrays of the engine; masks and rotations are made once and shared by the blocks. */
final class PassInputs {
    private final TokenBatch batch;
    private final Architecture architecture;
    private final NDManager manager;
    private final Precision precision;
    private final TokenPositions positions;
    private final Map<OptionalInt, TensorList> masks = new HashMap<>();
    private final Map<RotarySpec, Rotation> rotations = new HashMap<>();

    /**
     * The inputs of one pass.
     *
     * @param manager owns the arrays; the pass's own
     */
    PassInputs(TokenBatch batch, Architecture architecture, NDManager manager, Precision precision) {
        this.batch = batch;
        this.architecture = architecture;
        this.manager = manager;
        this.precision = precision;
        int first =
                architecture.embedding().positions().map(PositionTable::offset).orElse(0);
        this.positions = TokenPositions.of(batch, first);
        InputChecks.require(batch, positions, architecture);
    }

    TokenBatch batch() {
        return batch;
    }

    /** The types of the pass. */
    Precision precision() {
        return precision;
    }

    /** Token ids, {@code [batch, pos]}. */
    NDArray ids() {
        int vocabulary = architecture.dims().dVocab();
        return integers((row, pos) -> within(vocabulary, batch.id(row, pos)));
    }

    /** The token after each, {@code [batch, pos]}; anything of the vocabulary where none follows. */
    NDArray nextIds() {
        int vocabulary = architecture.dims().dVocab();
        return integers((row, pos) -> follows(row, pos) ? within(vocabulary, batch.id(row, pos + 1)) : 0);
    }

    /** 1 where a token follows and 0 where none does, {@code [batch, pos]}, in the wide type. */
    NDArray followed() {
        return integers((row, pos) -> follows(row, pos) ? 1 : 0).toType(precision.wide(), false);
    }

    private boolean follows(int row, int pos) {
        return pos + 1 < batch.columns() && batch.real(row, pos + 1);
    }

    /** Rows of the position table, {@code [batch, pos]}. */
    NDArray positionRows() {
        int rows = (int) architecture.size(Axis.N_POSITIONS);
        return integers((row, pos) -> within(rows, positions.positions()[row][pos]));
    }

    /** Token types, {@code [batch, pos]}. */
    NDArray typeIds() {
        int types = architecture.embedding().tokenTypes();
        return integers((row, pos) -> within(types, batch.typeId(row, pos)));
    }

    /** Where each row's first real token lies in the batch seen as one list of positions, {@code [batch]}. */
    NDArray firstPlaces() {
        long[] places = new long[batch.rows()];
        for (int row = 0; row < places.length; row++) {
            int pos = 0;
            while (!batch.real(row, pos)) {
                pos++;
            }
            places[row] = (long) row * batch.columns() + pos;
        }
        return manager.create(places);
    }

    /** What is added to the scores of a block: nothing, or one array. */
    TensorList mask(LayerSpec layer) {
        return masks.computeIfAbsent(layer.window(), this::mask);
    }

    private TensorList mask(OptionalInt window) {
        boolean causal = architecture.attention().causal();
        NDArray[] mask = AttentionMask.of(batch, causal, window, manager, precision).stream()
                .toArray(NDArray[]::new);
        return TensorList.of(manager, mask);
    }

    /** How queries and keys are turned. */
    Rotation rotation(RotarySpec spec) {
        return rotations.computeIfAbsent(spec, key -> Rotation.of(key, positions, manager, precision));
    }

    /** Real tokens were checked; padding may hold anything, and must not read beyond a table. */
    private static int within(int limit, int value) {
        return value >= 0 && value < limit ? value : 0;
    }

    private NDArray integers(IntBinaryOperator value) {
        long[] values = new long[batch.rows() * batch.columns()];
        for (int row = 0; row < batch.rows(); row++) {
            for (int pos = 0; pos < batch.columns(); pos++) {
                values[row * batch.columns() + pos] = value.applyAsInt(row, pos);
            }
        }
        return manager.create(values, new Shape(batch.rows(), batch.columns()));
    }
}
