package io.arrakis.runtime.model;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.hook.Stage;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The weights that decide what stands at a hook point, block by block: never fewer than a pass reads on the way there, and at
 * most the rest of the last block more.
 */
final class NeededWeights {

    private static final Set<HookPoint> BEFORE_THE_UNEMBEDDING = EnumSet.of(
            HookPoint.LAST_HIDDEN_STATE, HookPoint.FINAL_NORMALIZED, HookPoint.POOLER_OUTPUT, HookPoint.NSP_LOGITS);

    private NeededWeights() {}

    static List<WeightName> of(HookName hook, Architecture architecture) {
        int blocks = hook.blocksNeeded(architecture.dims().nLayers());
        return architecture.weightNames().stream()
                .filter(name -> needed(name, hook, blocks))
                .toList();
    }

    private static boolean needed(WeightName name, HookName hook, int blocks) {
        return switch (name.point().stage()) {
            case EMBEDDING -> true;
            case BLOCK -> name.block().getAsInt() < blocks;
            case HEAD ->
                hook.point().stage() == Stage.HEAD
                        && !(unembeds(name) && BEFORE_THE_UNEMBEDDING.contains(hook.point()));
        };
    }

    private static boolean unembeds(WeightName name) {
        return name.point() == WeightPoint.W_U || name.point() == WeightPoint.B_U;
    }
}
