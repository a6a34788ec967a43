package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import java.util.List;
import java.util.Map;

/** Neither the size of a batch, nor the side of the padding, nor what stands in it changes the numbers of a text. */
final class InvarianceChecks {

    /** What float64 leaves of a difference, after values are compared as float32: a formula that leaks is far beyond it. */
    private static final double PRECISE = 1e-6;

    /** What rounding of float32 makes of a difference in models of few blocks, at least. */
    private static final double SINGLE = 1e-5;

    /** Two roundings are compared, in products of other shapes, and each may be twice what was measured. */
    private static final double ROUNDINGS = 4;

    private final HookedModel model;
    private final Texts texts;
    private final List<HookName> hooks;
    private final String suffix;
    private final double tolerance;

    private InvarianceChecks(HookedModel model, Texts texts, String suffix, double tolerance) {
        this.model = model;
        this.texts = texts;
        this.hooks = model.description().architecture().hookNames();
        this.suffix = suffix;
        this.tolerance = tolerance;
    }

    /** Checks a model in float32, where rounding may add up over its blocks to a few times the difference to float64. */
    static List<Finding> single(HookedModel model, Texts texts, double differenceToFloat64) {
        return new InvarianceChecks(model, texts, "", Math.max(SINGLE, ROUNDINGS * differenceToFloat64)).run();
    }

    /** Checks a model in float64, where rounding hides nothing. */
    static List<Finding> precise(HookedModel model, Texts texts) {
        return new InvarianceChecks(model, texts, ", float64", PRECISE).run();
    }

    private List<Finding> run() {
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
                batch.finding("batch of 1 and of " + texts.count() + suffix, tolerance),
                side.finding("padding on the left" + suffix, tolerance),
                masked.finding("other tokens under the mask" + suffix, tolerance));
    }
}
