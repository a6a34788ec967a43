package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import java.util.List;
import java.util.Map;

/** Neither the size of a batch, nor the side of the padding, nor what stands in it changes the numbers of a text. */
final class InvarianceChecks {

    /** What {@link HookedModel#run} promises. */
    private static final double TOLERANCE = 1e-5;

    private final HookedModel model;
    private final Texts texts;
    private final List<HookName> hooks;

    InvarianceChecks(HookedModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        this.hooks = model.description().architecture().hookNames();
    }

    List<Finding> run() {
        int otherFill = model.description().architecture().dims().dVocab() - 1;
        Map<HookName, Tensor> right = Tensor.of(model, texts.together(false, 0), hooks);
        Map<HookName, Tensor> left = Tensor.of(model, texts.together(true, 0), hooks);
        Map<HookName, Tensor> filled = Tensor.of(model, texts.together(false, otherFill), hooks);
        Worst batch = new Worst();
        Worst side = new Worst();
        Worst masked = new Worst();
        for (int row = 0; row < texts.count(); row++) {
            int start = texts.longest() - texts.length(row);
            for (Tensor alone : Tensor.of(model, texts.alone(row), hooks).values()) {
                alone.compare(right.get(alone.hook()), row, 0, batch);
                alone.compare(left.get(alone.hook()), row, start, side);
                alone.compare(filled.get(alone.hook()), row, 0, masked);
            }
        }
        return List.of(
                batch.finding("batch of 1 and of " + texts.count(), TOLERANCE),
                side.finding("padding on the left", TOLERANCE),
                masked.finding("other tokens under the mask", TOLERANCE));
    }
}
