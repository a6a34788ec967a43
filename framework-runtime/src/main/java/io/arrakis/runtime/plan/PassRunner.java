package io.arrakis.runtime.plan;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.cache.ActivationCache;
import io.arrakis.runtime.cache.ActivationMatrix;
import io.arrakis.runtime.cache.CacheHold;
import io.arrakis.runtime.cache.CacheKey;
import io.arrakis.runtime.cache.MatrixShape;
import io.arrakis.runtime.cache.MatrixWriter;
import io.arrakis.runtime.natives.FreedMemory;
import io.arrakis.runtime.safetensors.TooLargeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs passes, or finds their rows in the cache.
 *
 * <p>Holds the tensors of one batch at a time; rows go from the engine's memory to the file. So memory does not depend on the
 * number of texts, but for their tokens.
 */
public final class PassRunner {

    private final ActivationCache cache;
    private final NumericSetup setup;
    private final Runnable checkCancelled;

    /**
     * Makes a runner.
     *
     * @param checkCancelled throws to stop; called once a batch
     */
    public PassRunner(ActivationCache cache, NumericSetup setup, Runnable checkCancelled) {
        this.cache = cache;
        this.setup = setup;
        this.checkCancelled = checkCancelled;
    }

    /**
     * Returns what a pass would cost, from shapes and the cache's list of files; runs nothing. The first call for a model may
     * read the weights that decide the targets, for their hashes.
     */
    public PassEstimate estimate(ForwardPass pass, HookedModel model) {
        Architecture architecture = model.description().architecture();
        PassKeys keys = keys(pass, model);
        SortedMap<Target, MatrixShape> shapes = shapes(pass, architecture);
        List<Target> missing = pass.targets().stream()
                .filter(target -> !cache.has(keys.key(target)))
                .toList();
        return estimate(pass, architecture, shapes, missing);
    }

    /** Returns what a pass would cost if nothing of it were in the cache; reads no weights. */
    public PassEstimate estimateFresh(ForwardPass pass, Architecture architecture) {
        SortedMap<Target, MatrixShape> shapes = shapes(pass, architecture);
        return estimate(pass, architecture, shapes, List.copyOf(pass.targets()));
    }

    private PassEstimate estimate(
            ForwardPass pass, Architecture architecture, SortedMap<Target, MatrixShape> shapes, List<Target> missing) {
        long bytes =
                missing.stream().mapToLong(target -> shapes.get(target).bytes()).sum();
        int blocks = missing.stream()
                .mapToInt(
                        target -> target.hook().blocksNeeded(architecture.dims().nLayers()))
                .max()
                .orElse(0);
        return PassEstimate.of(pass, architecture, missing.size(), bytes, blocks, setup.threads());
    }

    /** Returns the keys of all that a pass keeps. */
    public SortedSet<CacheKey> cacheKeys(ForwardPass pass, HookedModel model) {
        PassKeys keys = keys(pass, model);
        return pass.targets().stream().map(keys::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the width of a row at a hook point that has rows. */
    public static int width(Architecture architecture, HookName hook) {
        long width = 1;
        for (Axis axis : hook.point().axes()) {
            width *= axis == Axis.BATCH || axis == Axis.POS ? 1 : architecture.size(axis);
        }
        return Math.toIntExact(width);
    }

    private SortedMap<Target, MatrixShape> shapes(ForwardPass pass, Architecture architecture) {
        SortedMap<Target, MatrixShape> shapes = new TreeMap<>();
        for (Target target : pass.targets()) {
            int rows = pass.texts().rows(target.rows(), target.positions()).count();
            shapes.put(target, new MatrixShape(rows, width(architecture, target.hook()), target.type()));
        }
        return shapes;
    }

    private PassKeys keys(ForwardPass pass, HookedModel model) {
        BatchLayout layout = setup.layout(model.description().architecture().dims());
        return new PassKeys(pass, hook -> model.fingerprint(Set.of(hook), Set.of()), layout, setup);
    }

    /**
     * Returns the rows of every target, and computes those that are not in the cache.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code DISK-FULL} or {@code DIRECTORY} where they cannot be kept
     */
    public PassOutcome run(ForwardPass pass, HookedModel model, PassListener listener) {
        Architecture architecture = model.description().architecture();
        PassKeys keys = keys(pass, model);
        SortedMap<Target, MatrixShape> shapes = shapes(pass, architecture);
        SortedMap<Target, ActivationMatrix> found = new TreeMap<>();
        SortedSet<Target> missing = find(pass.targets(), keys, shapes, found);
        if (missing.isEmpty()) {
            return new PassOutcome(found, 0, 0, 0);
        }
        List<CacheKey> wanted = missing.stream().map(keys::key).toList();
        CacheHold hold = cache.lock(wanted, checkCancelled);
        try (hold) {
            // Whoever held the locks before may have made some of them.
            missing = find(missing, keys, shapes, found);
            cache.reserve(
                    missing.stream()
                            .mapToLong(target -> shapes.get(target).bytes())
                            .sum(),
                    cacheKeys(pass, model));
            return compute(pass, model, listener, new Job(keys, shapes, missing, found));
        }
    }

    /** What is found goes into {@code found}; what is not is returned. */
    private SortedSet<Target> find(
            SortedSet<Target> targets,
            PassKeys keys,
            SortedMap<Target, MatrixShape> shapes,
            SortedMap<Target, ActivationMatrix> found) {
        SortedSet<Target> missing = new TreeSet<>();
        for (Target target : targets) {
            cache.find(keys.key(target), shapes.get(target))
                    .ifPresentOrElse(matrix -> found.put(target, matrix), () -> missing.add(target));
        }
        return missing;
    }

    private record Job(
            PassKeys keys,
            SortedMap<Target, MatrixShape> shapes,
            SortedSet<Target> missing,
            SortedMap<Target, ActivationMatrix> found) {}

    private PassOutcome compute(ForwardPass pass, HookedModel model, PassListener listener, Job job) {
        if (job.missing().isEmpty()) {
            return new PassOutcome(job.found(), 0, 0, 0);
        }
        Map<Target, RowSink> sinks = new LinkedHashMap<>();
        try {
            open(pass, job, sinks);
            int examples = 0;
            long tokens = 0;
            ForwardRequest request = new ForwardRequest(hooks(job.missing()), pass.interventions());
            BatchLayout layout = setup.layout(model.description().architecture().dims());
            for (int[] batch : layout.batches(pass.texts())) {
                checkCancelled.run();
                int real = runBatch(model, request, pass.texts(), batch, sinks);
                FreedMemory.giveBack();
                examples += batch.length;
                tokens += real;
                listener.done(batch.length, real);
            }
            sinks.forEach((target, sink) -> job.found().put(target, cache.commit(sink.writer())));
            return new PassOutcome(job.found(), job.missing().size(), examples, tokens);
        } finally {
            sinks.values().forEach(sink -> sink.writer().close());
        }
    }

    private void open(ForwardPass pass, Job job, Map<Target, RowSink> sinks) {
        for (Target target : job.missing()) {
            RowIndex index = pass.texts().rows(target.rows(), target.positions());
            MatrixWriter writer = cache.write(
                    job.keys().key(target), job.shapes().get(target), job.keys().parts(target));
            boolean perPosition = target.hook().point().axes().contains(Axis.POS);
            sinks.put(target, new RowSink(index, perPosition, writer));
        }
    }

    private static SortedSet<HookName> hooks(SortedSet<Target> targets) {
        return targets.stream().map(Target::hook).collect(Collectors.toCollection(TreeSet::new));
    }

    private static int runBatch(
            HookedModel model, ForwardRequest request, TokenTable texts, int[] examples, Map<Target, RowSink> sinks) {
        int fillId = 0; // never seen: the mask is the only truth about padding
        TokenBatch batch = BatchLayout.batch(texts, examples, fillId);
        FiniteCheck finite =
                new FiniteCheck(batch, request.positions(), row -> "text " + examples[row] + " of " + texts.origin());
        int real = 0;
        try (Capture capture = model.run(batch, request)) {
            request.hooks().forEach(hook -> finite.require(hook, capture.get(hook)));
            for (Map.Entry<Target, RowSink> entry : sinks.entrySet()) {
                TensorRuns values = new TensorRuns(capture.get(entry.getKey().hook()));
                take(entry.getKey(), entry.getValue(), values, batch.columns(), examples);
            }
        }
        for (int row = 0; row < batch.rows(); row++) {
            real += batch.length(row);
        }
        return real;
    }

    private static void take(Target target, RowSink sink, TensorRuns values, int columns, int[] examples) {
        try {
            for (int row = 0; row < examples.length; row++) {
                sink.take(values, examples[row], row, columns);
            }
        } catch (TooLargeException e) {
            throw e.at(target.hook().toString());
        }
    }
}
