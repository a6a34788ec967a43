package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Activations that a test wrote down. */
record FakeActivations(TokenRows rows, Map<HookName, float[]> values) implements Activations {

    @Override
    public int width(HookName hook) {
        return values.get(hook).length / rows.count();
    }

    @Override
    public INDArray block(HookName hook, int first, int count) {
        return Nd4j.createFromArray(gather(hook, RowRange.of(first, first + count)))
                .reshape('c', count, width(hook));
    }

    @Override
    public float[] gather(HookName hook, int[] chosen) {
        int width = width(hook);
        float[] gathered = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values.get(hook), chosen[i] * width, gathered, i * width, width);
        }
        return gathered;
    }
}
