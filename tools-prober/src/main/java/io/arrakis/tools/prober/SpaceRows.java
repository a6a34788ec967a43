package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.linalg.RowSource;
import java.util.Arrays;

/** Some rows of a layer as unit vectors of a space, read by blocks and never held together. */
final class SpaceRows implements RowSource {

    private final Activations activations;
    private final HookName hook;
    private final VectorSpace space;
    private final int[] chosen;

    SpaceRows(Activations activations, HookName hook, VectorSpace space, int[] chosen) {
        this.activations = activations;
        this.hook = hook;
        this.space = space;
        this.chosen = chosen;
    }

    @Override
    public int rows() {
        return chosen.length;
    }

    @Override
    public int columns() {
        return space.width();
    }

    @Override
    public void read(int first, int count, float[] target) {
        float[] rows = activations.gather(hook, Arrays.copyOfRange(chosen, first, first + count));
        space.applyUnit(rows, count);
        System.arraycopy(rows, 0, target, 0, rows.length);
    }
}
