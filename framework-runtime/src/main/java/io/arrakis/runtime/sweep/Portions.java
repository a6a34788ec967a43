package io.arrakis.runtime.sweep;

import io.arrakis.runtime.run.JointPasses;
import io.arrakis.runtime.run.RunSession;
import io.arrakis.runtime.run.TrialIdentity;
import io.arrakis.runtime.spec.Experiment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The trials of a sweep, those that read one model and one set of data beside each other, so that no more has to be open at a
 * time; in portions that each hold a bounded number of tokens, so that memory does not grow with what a sweep reads in all.
 */
final class Portions implements Iterable<Portion> {

    /** Some 40 bytes of memory each. One data set may be more: what reads the same is never parted. */
    private static final long MOST_TOKENS = 1 << 18;

    private final List<List<Trial>> groups;
    private final RunSession session;

    Portions(List<Trial> trials, RunSession session) {
        this.groups = byInputs(trials, Trial::experiment);
        this.session = session;
    }

    /** Returns things with experiments in groups that open the same models and data, in their order. */
    static <T> List<List<T>> byInputs(Collection<T> all, Function<T, Experiment> experiment) {
        Map<Object, List<T>> groups = new LinkedHashMap<>();
        for (T one : all) {
            groups.computeIfAbsent(TrialIdentity.inputs(experiment.apply(one)), inputs -> new ArrayList<>())
                    .add(one);
        }
        return List.copyOf(groups.values());
    }

    /** Plans each portion when it is asked for. */
    @Override
    public Iterator<Portion> iterator() {
        Deque<List<Trial>> left = new ArrayDeque<>(groups);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !left.isEmpty();
            }

            @Override
            public Portion next() {
                if (left.isEmpty()) {
                    throw new NoSuchElementException();
                }
                return portion(left);
            }
        };
    }

    private Portion portion(Deque<List<Trial>> left) {
        JointPasses passes = new JointPasses(session);
        List<Trial> trials = new ArrayList<>();
        List<Trial> unplanned = new ArrayList<>();
        while (!left.isEmpty() && passes.tokens() < MOST_TOKENS) {
            for (Trial trial : left.remove()) {
                trials.add(trial);
                if (!passes.add(trial.experiment())) {
                    unplanned.add(trial);
                }
            }
        }
        return new Portion(trials, passes, unplanned);
    }
}
