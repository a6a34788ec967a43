package io.arrakis.tools.kg;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Weights;
import io.arrakis.api.stats.SeededRandom;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Reads what heads say of the words of an evaluation, block after block.
 *
 * @param inputs  the words
 * @param weights of the model
 */
record FeatureReader(EvaluationInputs inputs, Weights weights) {

    /** Returns what the heads of the model say. */
    PairFeatures heads() {
        return features((attention, block) -> attention);
    }

    /** Returns what random maps in their place say. */
    PairFeatures maps(SeededRandom maps) {
        return features((attention, block) -> attention.randomised(maps.child(block), false));
    }

    /** Returns the cosines of random maps that are the same for both words. */
    PairFeatures cosinesOfSharedMaps(SeededRandom maps) {
        return features(
                (attention, block) -> attention.randomised(maps.child(block), true),
                (own, block) -> own.addCosines(
                        block.attention(),
                        block.words(),
                        inputs.params().topK(),
                        inputs.context().linearAlgebra()));
    }

    /** Returns the scores of random maps alone. */
    PairFeatures scoresOfMaps(SeededRandom maps) {
        return features(
                (attention, block) -> attention.randomised(maps.child(block), false),
                (own, block) -> own.addScores(
                        block.attention(),
                        block.words(),
                        softCap(),
                        inputs.context().linearAlgebra()));
    }

    /** What a block reads of each word, and with which attention. */
    private record BlockWords(BlockAttention attention, HeapMatrix words) {}

    private PairFeatures features(BiFunction<BlockAttention, Integer, BlockAttention> change) {
        return features(
                change,
                (own, block) -> own.add(
                        block.attention(),
                        block.words(),
                        inputs.params().topK(),
                        inputs.params().fewComponents(),
                        softCap(),
                        inputs.context().linearAlgebra()));
    }

    private PairFeatures features(
            BiFunction<BlockAttention, Integer, BlockAttention> change, BiConsumer<PairFeatures, BlockWords> add) {
        Architecture architecture = inputs.context().model().architecture();
        PairFeatures features = new PairFeatures();
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            inputs.context().checkCancelled();
            BlockAttention attention = BlockAttention.read(new BlockWeights(weights, architecture, block));
            HeapMatrix input = AttentionInput.normed(AttentionInput.norm(architecture), inputs.words().stream(block));
            add.accept(features, new BlockWords(change.apply(attention, block), input));
        }
        return features;
    }

    private double softCap() {
        return inputs.context()
                .model()
                .architecture()
                .attention()
                .scoreSoftCap()
                .orElse(0);
    }

    /** Returns what all heads write. */
    WrittenWords written(HeapMatrix unit) {
        Architecture architecture = inputs.context().model().architecture();
        WrittenWords written = new WrittenWords(unit, inputs.context().linearAlgebra());
        for (int block = 0; block < architecture.dims().nLayers(); block++) {
            inputs.context().checkCancelled();
            written.add(
                    ValueOutput.read(new BlockWeights(weights, architecture, block)),
                    AttentionInput.normed(AttentionInput.norm(architecture), inputs.words().stream(block)));
        }
        return written;
    }
}
