package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Objects;
import java.util.Optional;

/**
 * What comes after the last block.
 *
 * @param finalNorm    norm before the unembedding (in a masked-token head after its dense layer); empty for none
 * @param unembedding  scores of the vocabulary; empty where the files have none
 * @param pooler       whether there is a pooled first position
 * @param nextSentence whether there is a next-sentence head; it reads the pooler
 */
@Stable
public record HeadSpec(
        Optional<NormSpec> finalNorm, Optional<UnembeddingSpec> unembedding, boolean pooler, boolean nextSentence) {
    /** Checks that the next-sentence head has what it reads. */
    public HeadSpec {
        Objects.requireNonNull(finalNorm, "finalNorm");
        Objects.requireNonNull(unembedding, "unembedding");
        if (nextSentence && !pooler) {
            throw new IllegalArgumentException("a next-sentence head needs a pooler");
        }
    }

    /** A norm and, where the files have it, an unembedding. */
    public static HeadSpec languageModel(NormSpec norm, Optional<UnembeddingSpec> unembedding) {
        return new HeadSpec(Optional.of(norm), unembedding, false, false);
    }
}
