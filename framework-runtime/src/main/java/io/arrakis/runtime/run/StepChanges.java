package io.arrakis.runtime.run;

import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.Edit;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPattern;
import io.arrakis.api.hook.IndexSet;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.hook.Values;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.cache.ActivationMatrix;
import io.arrakis.runtime.plan.ForwardPass;
import io.arrakis.runtime.plan.PassOutcome;
import io.arrakis.runtime.plan.Target;
import io.arrakis.runtime.plan.TextReader;
import io.arrakis.runtime.plan.TokenTable;
import io.arrakis.runtime.spec.Change;
import io.arrakis.runtime.spec.Change.Doing;
import io.arrakis.runtime.spec.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Turns the changes that an experiment writes into interventions. Numbers that come from texts (means, drawn tokens, patches) are
 * read in passes of the unchanged model, through the cache.
 */
final class StepChanges {

    private static final int ROWS_AT_A_TIME = 4096;

    private final long seed;
    private final ModelPool models;
    private final TextReader texts;
    private final Cancellation cancellation;

    StepChanges(long seed, ModelPool models, TextReader texts, Cancellation cancellation) {
        this.seed = seed;
        this.models = models;
        this.texts = texts;
        this.cancellation = cancellation;
    }

    /** Returns the passes of the unchanged model that the numbers of some changes are taken from. */
    List<ForwardPass> sources(Changes changes, ModelSpec model, String step) {
        return each(changes, model, step).stream()
                .flatMap(one -> one.source().stream())
                .toList();
    }

    /**
     * Returns the interventions, in the order in which they are written, each at its hook points in forward order.
     *
     * @param model  which model is changed
     * @param step   name of the step
     * @param passes runs one of {@link #sources}
     */
    List<Intervention> of(Changes changes, ModelSpec model, String step, Function<ForwardPass, PassOutcome> passes) {
        List<Intervention> interventions = new ArrayList<>();
        for (One one : each(changes, model, step)) {
            interventions.addAll(one.interventions(passes));
        }
        return interventions;
    }

    /** The texts of all patches are read together. */
    private List<One> each(Changes changes, ModelSpec model, String step) {
        List<String> patched = changes.interventions().stream()
                .flatMap(change -> change.edit() instanceof Doing.Patch patch
                        ? Stream.of(patch.patch().text())
                        : Stream.empty())
                .distinct()
                .toList();
        return changes.interventions().stream()
                .map(change -> new One(change, model, step, patched))
                .toList();
    }

    /** Where a change applies, without its edit. */
    static Intervention place(Change change, HookName at, Edit edit) {
        return new Intervention(
                at,
                indices(change.heads()),
                indices(change.units()),
                change.positions().positions(),
                edit);
    }

    private static IndexSet indices(Optional<List<Integer>> chosen) {
        return chosen.<IndexSet>map(IndexSet.Of::new).orElse(IndexSet.all());
    }

    /** One change of one step. */
    private final class One {

        private final Change change;
        private final ModelSpec spec;
        private final HookedModel model;
        private final String step;
        private final List<String> patched;
        private final SortedSet<HookName> hooks;
        private final Rows rows;

        One(Change change, ModelSpec spec, String step, List<String> patched) {
            this.patched = patched;
            this.change = change;
            this.spec = spec;
            this.model = models.get(spec);
            this.step = step;
            this.rows = change.edit() instanceof Doing.Patch ? Rows.EACH_WITH_SPECIAL : Rows.EACH;
            this.hooks = new HookPattern(change.at())
                    .resolve(model.description().architecture().hookNames());
        }

        List<Intervention> interventions(Function<ForwardPass, PassOutcome> passes) {
            Doing doing = change.edit();
            if (doing instanceof Doing.Zero) {
                return everywhere(new Edit.Zero());
            } else if (doing instanceof Doing.Scale scale) {
                return everywhere(new Edit.Scale(scale.scale()));
            } else if (doing instanceof Doing.Set set) {
                return everywhere(new Edit.Replace(values(set.set())));
            } else if (doing instanceof Doing.Add add) {
                return everywhere(new Edit.Add(values(add.add())));
            }
            ForwardPass source = source().orElseThrow();
            return replaced(source, passes.apply(source));
        }

        /** The pass that the numbers come from; empty where they stand in the change. */
        Optional<ForwardPass> source() {
            Doing doing = change.edit();
            if (doing instanceof Doing.Mean mean) {
                return Optional.of(pass(new TextSource.Data(mean.mean())));
            } else if (doing instanceof Doing.Resample resample) {
                return Optional.of(pass(new TextSource.Data(resample.resample())));
            } else if (doing instanceof Doing.Patch) {
                return Optional.of(pass(new TextSource.Texts(patched)));
            }
            return Optional.empty();
        }

        private ForwardPass pass(TextSource source) {
            TokenTable table = texts.read(source, OptionalInt.empty(), "interventions of step " + step);
            if (table.rows(rows).count() == 0) {
                throw new ArrakisException(
                        ErrorCode.DATA_UNFIT,
                        "steps." + step + ".interventions",
                        table.origin() + " has no token that numbers could be taken from",
                        "give texts");
            }
            SortedSet<Target> targets = new TreeSet<>();
            hooks.forEach(hook -> targets.add(new Target(hook, rows)));
            return new ForwardPass(models.key(spec), table, List.of(), targets);
        }

        private List<Intervention> everywhere(Edit edit) {
            return hooks.stream().map(hook -> place(change, hook, edit)).toList();
        }

        private List<Intervention> replaced(ForwardPass source, PassOutcome outcome) {
            List<Intervention> interventions = new ArrayList<>();
            for (HookName hook : hooks) {
                float[] numbers = numbers(source, outcome.matrices().get(new Target(hook, rows)));
                Values values =
                        ChosenValues.of(change, hook, model.description().architecture(), numbers);
                interventions.add(place(change, hook, new Edit.Replace(values)));
            }
            return interventions;
        }

        private float[] numbers(ForwardPass source, ActivationMatrix matrix) {
            int count = matrix.shape().rows();
            if (change.edit() instanceof Doing.Mean) {
                return mean(matrix, count);
            }
            int row = change.edit() instanceof Doing.Patch patch
                    ? chosen(patch.patch(), source.texts().rows(rows))
                    // The same token at every hook point of the change.
                    : SeededRandom.of(seed, "resample", step, change.at()).nextInt(count);
            return matrix.gather(new int[] {row});
        }

        private int chosen(Change.Source from, TokenRows tokens) {
            int text = patched.indexOf(from.text());
            int first = tokens.firstRow(text);
            int count = tokens.firstRow(text + 1) - first;
            int row = from.position() < 0 ? count + from.position() : from.position();
            if (row < 0 || row >= count) {
                throw new ArrakisException(
                        ErrorCode.TOOL_INPUT,
                        "steps." + step + ".interventions",
                        "the text of the patch has " + count + " tokens, but position " + from.position()
                                + " is asked for",
                        count == 0 ? "give a text with tokens" : "give 0 to " + (count - 1) + ", or -1 for the last");
            }
            return first + row;
        }
    }

    /** Summed in float64 in the order of the rows. */
    private float[] mean(ActivationMatrix matrix, int count) {
        int width = matrix.shape().width();
        double[] sum = new double[width];
        for (int first = 0; first < count; first += ROWS_AT_A_TIME) {
            cancellation.check();
            float[] block = matrix.copy(first, Math.min(ROWS_AT_A_TIME, count - first));
            for (int i = 0; i < block.length; i++) {
                sum[i % width] += block[i];
            }
        }
        float[] mean = new float[width];
        for (int i = 0; i < width; i++) {
            mean[i] = (float) (sum[i] / count);
        }
        return mean;
    }

    private static Values values(Change.Numbers numbers) {
        if (numbers instanceof Change.Numbers.One one) {
            return Values.scalar((float) one.number());
        }
        List<Double> each = ((Change.Numbers.Each) numbers).numbers();
        float[] vector = new float[each.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = each.get(i).floatValue();
        }
        return Values.vector(vector);
    }
}
