package io.arrakis.tools.lens;

import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.Architecture;
import java.util.List;

/**
 * The tensor of one hook point in the run that is patched and in the run that the patches come from.
 *
 * <p>Each patch is a row of a batch, and the whole tensor of its row is put in place.
 *
 * @param hook   where
 * @param base   {@code [pos, ...]} of the run that is patched
 * @param source the same of the other run
 * @param length positions
 */
record PatchValues(HookName hook, float[] base, float[] source, int length) {

    /** What a row of a batch takes from the other run. */
    sealed interface Patch {
        /** Nothing: the run must stay what it is. */
        record Nothing() implements Patch {}

        /** Everything at the hook point. */
        record Everything() implements Patch {}

        /** One position. */
        record Position(int position) implements Patch {}

        /** One head of several, at all positions. */
        record Head(int head, int heads) implements Patch {}
    }

    /** Returns the change that makes these patches, a row each; the rows are still to be said. */
    Intervention replacing(List<Patch> patches, Architecture architecture) {
        float[] values = new float[Math.multiplyExact(patches.size(), base.length)];
        for (int row = 0; row < patches.size(); row++) {
            System.arraycopy(base, 0, values, row * base.length, base.length);
            put(patches.get(row), values, row * base.length);
        }
        long[] shape = architecture.shape(hook, patches.size(), length);
        return Intervention.everywhere(hook, new Edit.Replace(Values.of(shape, values)));
    }

    private void put(Patch patch, float[] values, int offset) {
        int width = base.length / length;
        if (patch instanceof Patch.Everything) {
            System.arraycopy(source, 0, values, offset, source.length);
        } else if (patch instanceof Patch.Position one) {
            System.arraycopy(source, one.position() * width, values, offset + one.position() * width, width);
        } else if (patch instanceof Patch.Head one) {
            int part = width / one.heads();
            for (int position = 0; position < length; position++) {
                int at = position * width + one.head() * part;
                System.arraycopy(source, at, values, offset + at, part);
            }
        }
    }
}
