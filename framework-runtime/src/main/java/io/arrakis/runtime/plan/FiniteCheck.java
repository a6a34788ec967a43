package io.arrakis.runtime.plan;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses activations of real tokens that are NaN or infinite; padding may hold anything. */
public final class FiniteCheck {

    private final TokenBatch batch;
    private final boolean wholeRows;
    private final IntFunction<String> rowName;

    /**
     * The check of one batch.
     *
     * @param positions which positions of each row were kept
     * @param rowName   what a row of the batch is called in an error
     */
    public FiniteCheck(TokenBatch batch, Positions positions, IntFunction<String> rowName) {
        this.batch = batch;
        this.wholeRows = positions instanceof Positions.All;
        this.rowName = rowName;
    }

    /**
     * Looks at each number of a hook point once.
     *
     * @param tensor row-major, with the axes of the hook point
     * @throws ArrakisException with {@code NOT-FINITE} that says where the first one is that is not finite
     */
    public void require(HookName hook, INDArray tensor) {
        TensorRuns numbers = new TensorRuns(tensor);
        for (long first = 0; first < numbers.length(); first += TensorRuns.LONGEST) {
            FloatBuffer run = numbers.run(first, (int) Math.min(TensorRuns.LONGEST, numbers.length() - first));
            while (run.hasRemaining()) {
                float number = run.get();
                if (!Float.isFinite(number)) {
                    require(hook, tensor.shape(), first + run.position() - 1, number);
                }
            }
        }
    }

    private void require(HookName hook, long[] shape, long index, float number) {
        List<Axis> axes = hook.point().axes();
        int[] place = new int[shape.length];
        long rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = (int) (rest % shape[axis]);
            rest /= shape[axis];
        }
        String token = "";
        for (int axis = 1; axis < place.length; axis++) {
            boolean query = axes.get(axis) == Axis.POS || axes.get(axis) == Axis.QUERY_POS;
            boolean column = axes.get(axis) == Axis.KEY_POS || (query && wholeRows);
            if (column && !batch.real(place[0], place[axis])) {
                return;
            }
            token = query ? ", position " + place[axis] : token;
        }
        throw new ArrakisException(
                ErrorCode.NOT_FINITE,
                hook.toString(),
                "the model's numbers there are not finite: " + number + " at " + rowName.apply(place[0]) + token,
                "'arrakis verify-model' names the first hook point where that is so: look for weights that are not finite;"
                        + " in float16, compute in float32 or bfloat16; if the pass is changed, look at its interventions");
    }
}
