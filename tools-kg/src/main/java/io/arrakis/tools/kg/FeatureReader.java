package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Weights;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.tools.kg.PairFeatures.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads what heads say of the words of an evaluation, block after block.
 *
 * @param inputs  the words
 * @param weights of the model
 */
record FeatureReader(EvaluationInputs inputs, Weights weights) {

    /** Returns what the heads of the model say of pairs. */
    PairFeatures heads(PairIndex pairs) {
        return features(pairs, EnumSet.allOf(Kind.class), (attention, block) -> attention);
    }

    /** Returns what random maps in their place say. */
    PairFeatures maps(PairIndex pairs, SeededRandom maps) {
        return ofMaps(pairs, EnumSet.of(Kind.LOGITS, Kind.COSINES, Kind.COMPONENTS), maps, false);
    }

    /** Returns the cosines of random maps that are the same for both words. */
    PairFeatures cosinesOfSharedMaps(PairIndex pairs, SeededRandom maps) {
        return ofMaps(pairs, EnumSet.of(Kind.COSINES), maps, true);
    }

    /** Returns the scores of random maps alone. */
    PairFeatures scoresOfMaps(PairIndex pairs, SeededRandom maps) {
        return ofMaps(pairs, EnumSet.of(Kind.LOGITS), maps, false);
    }

    private PairFeatures ofMaps(PairIndex pairs, Set<Kind> wanted, SeededRandom maps, boolean shared) {
        return features(pairs, wanted, (attention, block) -> attention.randomised(maps.child(block), shared));
    }

    private PairFeatures features(
            PairIndex pairs, Set<Kind> wanted, BiFunction<BlockAttention, Integer, BlockAttention> change) {
        Architecture architecture = architecture();
        PairFeatures features = new PairFeatures(
                pairs,
                wanted,
                architecture.dims().nLayers(),
                architecture.dims().nHeads(),
                look(architecture),
                inputs.context().linearAlgebra());
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            inputs.context().checkCancelled();
            BlockAttention attention = BlockAttention.read(new BlockWeights(weights, architecture, block));
            features.add(change.apply(attention, block), input(block));
        }
        return features;
    }

    private PairFeatures.Look look(Architecture architecture) {
        return new PairFeatures.Look(
                inputs.params().topK(),
                inputs.params().fewComponents(),
                architecture.attention().scoreSoftCap().orElse(0));
    }

    private Architecture architecture() {
        return inputs.context().model().architecture();
    }

    /** Returns what a block reads of each word, normed where the model norms first. */
    private HeapMatrix input(int block) {
        return AttentionInput.normed(AttentionInput.norm(architecture()), inputs.words().stream(block));
    }

    /** Returns what the first block reads of each word, less the mean and of length 1. */
    HeapMatrix first() {
        HeapMatrix words = input(0);
        return Vectors.unit(Vectors.minus(words, Vectors.mean(words)));
    }

    /** Returns what all heads write for the first words of the pairs. */
    WrittenWords written(HeapMatrix unit) {
        int[] first = inputs.pairs().pairs().stream()
                .mapToInt(WordPair::head)
                .distinct()
                .sorted()
                .toArray();
        WrittenWords written = new WrittenWords(unit, first, inputs.context().linearAlgebra());
        for (int block = 0; block < architecture().dims().nLayers(); block++) {
            inputs.context().checkCancelled();
            written.add(ValueOutput.read(new BlockWeights(weights, architecture(), block)), input(block));
        }
        return written;
    }
}
