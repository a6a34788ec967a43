package io.arrakis.tools.lens;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.NormSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.model.Weights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes the residual stream of a model apart, of whatever family.
 *
 * <p>Where attention and MLP add through norms of their own, what the MLP's neurons hand over is read, since the scale of such a
 * norm cannot be told from what leaves it; elsewhere what the MLP adds is read as it is.
 *
 * @param architecture the model's
 * @param layer        the residual layer that is taken apart
 */
record StreamParts(Architecture architecture, int layer) {

    private static final List<WeightPoint> BLOCK_WEIGHTS = List.of(
            WeightPoint.W_O,
            WeightPoint.B_O,
            WeightPoint.B_OUT,
            WeightPoint.LN1_POST_W,
            WeightPoint.LN1_POST_B,
            WeightPoint.LN2_POST_W,
            WeightPoint.LN2_POST_B);

    private static final List<WeightPoint> STREAM_NORMS =
            List.of(WeightPoint.LN1_W, WeightPoint.LN1_B, WeightPoint.LN2_W, WeightPoint.LN2_B);

    /** Returns what must be captured. */
    List<HookName> hooks() {
        Stream<HookName> outside = Stream.of(HookPoint.EMBED, HookPoint.POS_EMBED, HookPoint.TOKEN_TYPE_EMBED)
                .filter(architecture::has)
                .map(HookName::of);
        Stream<HookName> inside =
                blocks().flatMap(block -> Stream.of(HookName.of(HookPoint.Z, block), HookName.of(mlp(), block)));
        return Stream.of(outside, inside, Stream.of(HookName.residual(layer)))
                .flatMap(names -> names)
                .toList();
    }

    /** Returns the weights that are read. */
    List<WeightName> weights() {
        Stream<WeightName> outside = Stream.of(WeightPoint.EMBED_LN_W, WeightPoint.EMBED_LN_B)
                .filter(architecture::has)
                .map(WeightName::of);
        List<WeightPoint> points = new ArrayList<>(BLOCK_WEIGHTS);
        if (normsBranches()) {
            points.add(WeightPoint.W_OUT);
        }
        if (architecture.block().form().normsStream()) {
            points.addAll(STREAM_NORMS);
        }
        Stream<WeightName> inside = blocks().flatMap(
                        block -> points.stream().filter(architecture::has).map(point -> WeightName.of(point, block)));
        return Stream.concat(outside, inside).toList();
    }

    /**
     * Returns whether what stands at a hook point is taken for a sum of parts, which a change there would make wrong; changes of
     * what the parts themselves are read from are in the parts.
     */
    boolean sumsUp(HookName hook) {
        boolean below = hook.block().isPresent() && hook.block().getAsInt() < layer;
        return hook.equals(HookName.residual(0)) || (below && sums().contains(hook.point()));
    }

    private Set<HookPoint> sums() {
        Set<HookPoint> sums =
                EnumSet.of(HookPoint.RESID_PRE, HookPoint.ATTN_OUT, HookPoint.RESID_MID, HookPoint.RESID_POST);
        if (normsBranches()) {
            sums.add(HookPoint.MLP_OUT);
        }
        if (architecture.block().form().normsStream()) {
            sums.add(HookPoint.LN1_NORMALIZED);
        }
        return sums;
    }

    private Stream<Integer> blocks() {
        return IntStream.range(0, layer).boxed();
    }

    private boolean normsBranches() {
        return architecture.block().form().normsBranches();
    }

    private HookPoint mlp() {
        return normsBranches() ? HookPoint.MLP_POST : HookPoint.MLP_OUT;
    }

    /**
     * Puts the stream of some places together.
     *
     * @param places rows of the capture
     */
    ResidualStream at(int[] places, Activations activations, Weights weights, LinearAlgebra linearAlgebra) {
        return new Builder(places, activations, weights, linearAlgebra).stream();
    }

    /** Puts the stream of some places together. */
    private final class Builder {

        private final int[] places;
        private final Activations activations;
        private final Weights weights;
        private final LinearAlgebra linearAlgebra;

        Builder(int[] places, Activations activations, Weights weights, LinearAlgebra linearAlgebra) {
            this.places = places;
            this.activations = activations;
            this.weights = weights;
            this.linearAlgebra = linearAlgebra;
        }

        ResidualStream stream() {
            ResidualStream stream = new ResidualStream();
            stream.add(Branch.of(embeddings()));
            architecture
                    .embedding()
                    .norm()
                    .ifPresent(norm -> stream.norm(new FrozenNorm(
                            RowNorm.read(
                                    norm,
                                    weights,
                                    WeightName.of(WeightPoint.EMBED_LN_W),
                                    WeightName.of(WeightPoint.EMBED_LN_B)),
                            "embed.ln")));
            blocks().forEach(block -> {
                stream.add(attention(block));
                normStream(stream, block, WeightPoint.LN1_W, WeightPoint.LN1_B, "ln1");
                stream.add(mlp(block));
                normStream(stream, block, WeightPoint.LN2_W, WeightPoint.LN2_B, "ln2");
            });
            return stream;
        }

        private void normStream(ResidualStream stream, int block, WeightPoint weight, WeightPoint bias, String name) {
            if (architecture.block().form().normsStream()) {
                stream.norm(norm(block, weight, bias, name));
            }
        }

        private FrozenNorm norm(int block, WeightPoint weight, WeightPoint bias, String name) {
            NormSpec spec = architecture.block().norm();
            return new FrozenNorm(
                    RowNorm.read(spec, weights, WeightName.of(weight, block), WeightName.of(bias, block)),
                    "blocks." + block + "." + name);
        }

        private Optional<FrozenNorm> branchNorm(int block, WeightPoint weight, WeightPoint bias, String name) {
            return normsBranches() ? Optional.of(norm(block, weight, bias, name)) : Optional.empty();
        }

        private List<Writer> embeddings() {
            List<Writer> writers = new ArrayList<>();
            writers.add(rows(Part.outside(Part.Kind.EMBEDDING), HookName.of(HookPoint.EMBED)));
            if (architecture.has(HookPoint.POS_EMBED)) {
                writers.add(rows(Part.outside(Part.Kind.POSITIONS), HookName.of(HookPoint.POS_EMBED)));
            }
            if (architecture.has(HookPoint.TOKEN_TYPE_EMBED)) {
                writers.add(rows(Part.outside(Part.Kind.TOKEN_TYPES), HookName.of(HookPoint.TOKEN_TYPE_EMBED)));
            }
            return writers;
        }

        private Writer rows(Part part, HookName hook) {
            return new Writer.Rows(part, () -> captured(hook));
        }

        private Matrix captured(HookName hook) {
            return Matrix.captured(activations, hook, places);
        }

        private Branch attention(int block) {
            int heads = architecture.dims().nHeads();
            List<Writer> writers = new ArrayList<>();
            writers.add(new Writer.Heads(
                    block,
                    heads,
                    () -> captured(HookName.of(HookPoint.Z, block)),
                    projection(block, heads * architecture.dims().dHead()),
                    linearAlgebra));
            bias(WeightPoint.B_O, block, Part.Kind.ATTENTION_BIAS, 1).ifPresent(writers::add);
            return new Branch(
                    writers,
                    branchNorm(block, WeightPoint.LN1_POST_W, WeightPoint.LN1_POST_B, "ln1_post"),
                    architecture.block().residualMultiplier());
        }

        private Supplier<INDArray> projection(int block, int rows) {
            return () -> weights.get(WeightName.of(WeightPoint.W_O, block))
                    .reshape('c', rows, architecture.dims().dModel());
        }

        private Branch mlp(int block) {
            double multiplier = architecture.block().residualMultiplier();
            Part part = Part.in(block, Part.Kind.MLP);
            List<Writer> writers = new ArrayList<>();
            if (normsBranches()) {
                writers.add(new Writer.Rows(part, () -> throughOutput(block)));
                bias(WeightPoint.B_OUT, block, Part.Kind.MLP_BIAS, 1).ifPresent(writers::add);
                return new Branch(
                        writers,
                        branchNorm(block, WeightPoint.LN2_POST_W, WeightPoint.LN2_POST_B, "ln2_post"),
                        multiplier);
            }
            Optional<Writer.Constant> bias = bias(WeightPoint.B_OUT, block, Part.Kind.MLP_BIAS, multiplier);
            writers.add(new Writer.Rows(part, () -> {
                Matrix added = captured(HookName.of(HookPoint.MLP_OUT, block));
                bias.ifPresent(constant -> added.minus(constant.vector()));
                return added;
            }));
            bias.ifPresent(writers::add);
            return Branch.of(writers);
        }

        private Matrix throughOutput(int block) {
            try (INDArray output = weights.get(WeightName.of(WeightPoint.W_OUT, block))) {
                return captured(HookName.of(HookPoint.MLP_POST, block)).times(output, false, linearAlgebra);
            }
        }

        private Optional<Writer.Constant> bias(WeightPoint point, int block, Part.Kind kind, double multiplier) {
            if (!architecture.has(point)) {
                return Optional.empty();
            }
            float[] vector = Vectors.read(weights, WeightName.of(point, block));
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= (float) multiplier;
            }
            return Optional.of(new Writer.Constant(Part.in(block, kind), vector, places.length));
        }
    }
}
