package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.operation.Description;

/** What is patched. */
public enum PatchSite {
    /** The residual stream that enters a block, position by position. */
    @Description("The residual stream that enters a block, position by position.")
    RESIDUAL(HookPoint.RESID_PRE, "position"),
    /** What the attention of a block adds, position by position. */
    @Description("What the attention of a block adds, position by position.")
    ATTENTION_OUT(HookPoint.ATTN_OUT, "position"),
    /** What the MLP of a block adds, position by position. */
    @Description("What the MLP of a block adds, position by position.")
    MLP_OUT(HookPoint.MLP_OUT, "position"),
    /** What a head hands to the output projection, at all positions. */
    @Description("What a head hands to the output projection, at all positions.")
    HEADS(HookPoint.Z, "head");

    private final HookPoint point;
    private final String unit;

    PatchSite(HookPoint point, String unit) {
        this.point = point;
        this.unit = unit;
    }

    /** Returns where it is patched in a block. */
    HookName hook(int block) {
        return HookName.of(point, block);
    }

    /** Returns what is counted in a block. */
    String unit() {
        return unit;
    }

    boolean byPosition() {
        return this != HEADS;
    }
}
