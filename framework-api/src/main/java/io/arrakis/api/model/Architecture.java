package io.arrakis.api.model;

import io.arrakis.api.hook.Axis;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.stability.Stable;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that decides what a transformer computes, but for its weights: the one description that drives the forward
 * pass, the table of hook points and the names of the weights.
 *
 * @param dims      widths and counts
 * @param embedding what happens before the first block
 * @param block     how a block is put together
 * @param attention what the attention of all blocks has in common
 * @param layers    what may differ from block to block; one for each
 * @param mlp       the MLP of a block
 * @param head      what comes after the last block
 */
@Stable
public record Architecture(
        Dimensions dims,
        EmbeddingSpec embedding,
        BlockSpec block,
        AttentionSpec attention,
        List<LayerSpec> layers,
        MlpSpec mlp,
        HeadSpec head) {
    private static final int NEXT_SENTENCE_ANSWERS = 2;
    private static final Set<Axis> POSITION_AXES = EnumSet.of(Axis.POS, Axis.QUERY_POS, Axis.KEY_POS);

    /** Checks that the parts fit each other. */
    public Architecture {
        Objects.requireNonNull(embedding, "embedding");
        Objects.requireNonNull(block, "block");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(mlp, "mlp");
        Objects.requireNonNull(head, "head");
        layers = List.copyOf(layers);
        if (layers.size() != dims.nLayers()) {
            throw new IllegalArgumentException(
                    "described are " + layers.size() + " blocks, but n_layers is " + dims.nLayers());
        }
        for (LayerSpec layer : layers) {
            requireRotaryFits(layer, dims);
        }
    }

    private static void requireRotaryFits(LayerSpec layer, Dimensions dims) {
        layer.rotary().filter(rotary -> rotary.rotated() > dims.dHead()).ifPresent(rotary -> {
            throw new IllegalArgumentException(
                    "rotary positions on " + rotary.rotated() + " dimensions of a head of " + dims.dHead());
        });
    }

    /** Whether it is an encoder, whose output is what leaves the last block (BERT, RoBERTa). */
    public boolean encoder() {
        return block.form().normsStream();
    }

    /** Whether the model has this hook point (in every block, where it lies in blocks). */
    public boolean has(HookPoint point) {
        BlockForm form = block.form();
        return switch (point) {
            case POS_EMBED -> embedding.positions().isPresent();
            case TOKEN_TYPE_EMBED -> embedding.tokenTypes() > 0;
            case LN1_NORMALIZED -> form.normsBeforeAttention() || form.normsStream();
            case LN2_NORMALIZED -> form.normsBeforeMlp();
            case Q_NORMED, K_NORMED -> attention.qkNorm().isPresent();
            case ROT_Q, ROT_K ->
                layers.stream().anyMatch(layer -> layer.rotary().isPresent());
            case RESID_MID -> !form.parallel();
            case MLP_PRE_LINEAR -> mlp.gated();
            case LAST_HIDDEN_STATE -> encoder();
            case FINAL_NORMALIZED -> head.finalNorm().isPresent();
            case LOGITS, LOG_PROBS -> head.unembedding().isPresent();
            case NEXT_TOKEN_LOG_PROB -> attention.causal() && head.unembedding().isPresent();
            case POOLER_OUTPUT -> head.pooler();
            case NSP_LOGITS -> head.nextSentence();
            case EMBED, RESID_PRE, Q, K, V, ATTN_SCORES, PATTERN, Z, ATTN_OUT, MLP_PRE, MLP_POST, MLP_OUT, RESID_POST ->
                true;
        };
    }

    /** Whether the model has this hook point in this block. */
    public boolean has(HookName name) {
        if (!has(name.point())) {
            return false;
        }
        if (name.block().isEmpty()) {
            return true;
        }
        int index = name.block().getAsInt();
        boolean rotary = name.point() == HookPoint.ROT_Q || name.point() == HookPoint.ROT_K;
        return index < dims.nLayers() && (!rotary || layers.get(index).rotary().isPresent());
    }

    /** Every hook point of the model, in forward order. */
    public List<HookName> hookNames() {
        return Stream.of(HookPoint.values())
                .flatMap(point -> point.inBlock()
                        ? IntStream.range(0, dims.nLayers()).mapToObj(l -> HookName.of(point, l))
                        : Stream.of(HookName.of(point)))
                .filter(this::has)
                .sorted()
                .toList();
    }

    /**
     * The shape of the tensor at a hook point.
     *
     * @param batch rows of the batch
     * @param pos   positions of a row, padding included
     * @return sizes in the order of {@link HookPoint#axes()}
     */
    public long[] shape(HookName name, int batch, int pos) {
        return name.point().axes().stream()
                .mapToLong(axis -> {
                    if (axis == Axis.BATCH) {
                        return batch;
                    }
                    return POSITION_AXES.contains(axis) ? pos : size(axis);
                })
                .toArray();
    }

    /**
     * The size of an axis that does not depend on the input.
     *
     * @throws IllegalArgumentException for the batch and the positions
     */
    public long size(Axis axis) {
        return switch (axis) {
            case BATCH, POS, QUERY_POS, KEY_POS ->
                throw new IllegalArgumentException("the size of axis " + axis + " depends on the input");
            case HEAD -> dims.nHeads();
            case KEY_VALUE_HEAD -> dims.nKeyValueHeads();
            case D_MODEL -> dims.dModel();
            case D_HEAD -> dims.dHead();
            case D_MLP -> dims.dMlp();
            case D_VOCAB -> dims.dVocab();
            case N_POSITIONS -> embedding.positions().map(PositionTable::rows).orElse(0);
            case N_TOKEN_TYPES -> embedding.tokenTypes();
            case IS_NEXT -> NEXT_SENTENCE_ANSWERS;
        };
    }

    /** Whether the model has this weight (in every block, where it lies in blocks). */
    public boolean has(WeightPoint point) {
        BlockForm form = block.form();
        boolean blockNormBias = block.norm().bias();
        boolean firstNorm = form.normsBeforeAttention() || form.normsStream();
        boolean secondNorm = form.normsBeforeMlp() || form.normsStream();
        boolean transform =
                head.unembedding().flatMap(UnembeddingSpec::transform).isPresent();
        return switch (point) {
            case W_E, W_Q, W_K, W_V, W_O, W_IN, W_OUT -> true;
            case W_POS -> embedding.positions().isPresent();
            case W_TOKEN_TYPE -> embedding.tokenTypes() > 0;
            case EMBED_LN_W -> embedding.norm().isPresent();
            case EMBED_LN_B -> embedding.norm().filter(NormSpec::bias).isPresent();
            case LN1_W -> firstNorm;
            case LN1_B -> firstNorm && blockNormBias;
            case B_Q, B_K, B_V -> attention.qkvBias();
            case Q_NORM_W, K_NORM_W -> attention.qkNorm().isPresent();
            case B_O -> attention.outputBias();
            case LN1_POST_W, LN2_POST_W -> form.normsBranches();
            case LN1_POST_B, LN2_POST_B -> form.normsBranches() && blockNormBias;
            case LN2_W -> secondNorm;
            case LN2_B -> secondNorm && blockNormBias;
            case W_GATE -> mlp.gated();
            case B_GATE -> mlp.gated() && mlp.bias();
            case B_IN, B_OUT -> mlp.bias();
            case MLM_W, MLM_B -> transform;
            case FINAL_LN_W -> head.finalNorm().isPresent();
            case FINAL_LN_B -> head.finalNorm().filter(NormSpec::bias).isPresent();
            case W_U -> head.unembedding().isPresent();
            case B_U -> head.unembedding().filter(UnembeddingSpec::bias).isPresent();
            case POOLER_W, POOLER_B -> head.pooler();
            case NSP_W, NSP_B -> head.nextSentence();
        };
    }

    /** Every weight of the model, in the order of the forward pass. */
    public List<WeightName> weightNames() {
        return Stream.of(WeightPoint.values())
                .filter(this::has)
                .flatMap(point -> point.inBlock()
                        ? IntStream.range(0, dims.nLayers()).mapToObj(l -> WeightName.of(point, l))
                        : Stream.of(WeightName.of(point)))
                .sorted()
                .toList();
    }

    /** The shape of a weight; sizes in the order of {@link WeightPoint#axes()}. */
    public long[] shape(WeightPoint point) {
        return point.axes().stream().mapToLong(this::size).toArray();
    }

    /** How many numbers were learned: a tied unembedding and a norm that heads share count once. */
    public long parameterCount() {
        return weightNames().stream().mapToLong(this::learned).sum();
    }

    private long learned(WeightName name) {
        boolean tied = head.unembedding().filter(UnembeddingSpec::tied).isPresent();
        if (name.point() == WeightPoint.W_U && tied) {
            return 0;
        }
        boolean qkNorm = name.point() == WeightPoint.Q_NORM_W || name.point() == WeightPoint.K_NORM_W;
        boolean shared = attention
                .qkNorm()
                .filter(norm -> norm.span() == QkNormSpec.Span.PER_HEAD_SHARED)
                .isPresent();
        return qkNorm && shared ? dims.dHead() : product(shape(name.point()));
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }
}
