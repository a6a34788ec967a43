package io.arrakis.tools.lens;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The residual stream of some places: all that is added to it and all norms that it passes, in the order of the pass. */
final class ResidualStream {

    /** One thing that happens to the stream. */
    private sealed interface Stage {
        record Added(Branch branch) implements Stage {}

        record Normed(FrozenNorm norm) implements Stage {}
    }

    private final List<Stage> stages = new ArrayList<>();

    void add(Branch branch) {
        stages.add(new Stage.Added(branch));
    }

    void norm(FrozenNorm norm) {
        stages.add(new Stage.Normed(norm));
    }

    /** Returns the sum of all parts; norms keep their scale. */
    Matrix total() {
        Matrix sum = null;
        for (Stage stage : stages) {
            if (stage instanceof Stage.Normed normed) {
                sum = normed.norm().forward(sum);
            } else {
                Matrix added = ((Stage.Added) stage).branch().total();
                sum = sum == null ? added : sum.plus(added);
            }
        }
        return sum;
    }

    /** Enters the inner product of each part with a direction; {@link #total} must have been called before. */
    void enter(Matrix directions, Ledger ledger) {
        List<Stage> backwards = new ArrayList<>(stages);
        Collections.reverse(backwards);
        Matrix seen = directions;
        for (Stage stage : backwards) {
            if (stage instanceof Stage.Normed normed) {
                seen = normed.norm().backward(seen, ledger);
            } else {
                ((Stage.Added) stage).branch().enter(seen, ledger);
            }
        }
    }
}
