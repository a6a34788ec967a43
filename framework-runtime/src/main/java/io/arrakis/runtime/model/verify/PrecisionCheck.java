package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.HookedModel;
import java.util.List;
import java.util.Map;

/** What float32 computes is what float64 computes, but for rounding. */
final class PrecisionCheck {

    /** More than rounding adds up to in models of ordinary depth; an unstable formula is far beyond it. */
    private static final double TOLERANCE = 1e-4;

    private PrecisionCheck() {}

    static Finding run(HookedModel model, HookedModel precise, Texts texts) {
        List<HookName> hooks = model.description().architecture().hookNames();
        Worst worst = new Worst();
        for (int row = 0; row < texts.count(); row++) {
            Map<HookName, Tensor> single = Tensor.of(model, texts.alone(row), hooks);
            for (Tensor tensor : Tensor.of(precise, texts.alone(row), hooks).values()) {
                tensor.compare(single.get(tensor.hook()), 0, 0, worst);
            }
        }
        return worst.finding("float32 and float64", TOLERANCE);
    }
}
