package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;
import java.util.Collection;

/**
 * The files of one model, opened: configuration, tensors, tokenizer.
 *
 * <p>Opening checks headers and reads the configuration; tokenizer and tensors are read when they are asked for.
 */
@Stable
public interface Checkpoint extends AutoCloseable {
    /** As the experiment names it, or a short form of it. */
    String name();

    /** The configuration; a new view at each call. */
    ModelConfig config();

    /** The tensors under the names of the family's files. */
    CheckpointTensors tensors();

    /**
     * The tokenizer.
     *
     * @throws io.arrakis.api.problem.ArrakisException with {@code FILE-MISSING} if there is none
     */
    Tokenizer tokenizer();

    /** A hash of configuration and weights, lower-case hexadecimal; the first call may read all weights once. */
    String fingerprint();

    /**
     * A hash of the configuration and of some numbers, so that what depends on few weights does not need all of them read.
     *
     * @param parts of tensors of the catalogue; their order does not matter
     * @return lower-case hexadecimal; the first call may read these numbers once. A source that knows no better gives the
     *     hash of all
     * @throws IndexOutOfBoundsException if a part goes beyond its tensor
     */
    default String fingerprint(Collection<TensorPart> parts) {
        return fingerprint();
    }

    /** Closes the files; a second call does nothing. */
    @Override
    void close();
}
