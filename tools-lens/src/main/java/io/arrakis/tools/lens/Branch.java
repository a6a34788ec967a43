package io.arrakis.tools.lens;

import java.util.List;
import java.util.Optional;

/**
 * What is added to the stream at one place: writers, through a norm of their own where the family has one, times a multiplier.
 *
 * @param writers    at least one
 * @param norm       what their sum passes; empty for none
 * @param multiplier the result is multiplied by it; 1 for most
 */
record Branch(List<Writer> writers, Optional<FrozenNorm> norm, double multiplier) {

    /** Writers alone. */
    static Branch of(List<Writer> writers) {
        return new Branch(writers, Optional.empty(), 1);
    }

    /** Returns what is added. */
    Matrix total() {
        Matrix sum = writers.get(0).total();
        for (Writer writer : writers.subList(1, writers.size())) {
            sum.plus(writer.total());
        }
        Matrix raw = sum;
        return norm.map(it -> it.forward(raw)).orElse(raw).times(multiplier);
    }

    /** Enters the inner product of each part with a direction; {@link #total} must have been called before. */
    void enter(Matrix directions, Ledger ledger) {
        Matrix scaled = directions.copy().times(multiplier);
        Matrix seen = norm.map(it -> it.backward(scaled, ledger)).orElse(scaled);
        writers.forEach(writer -> writer.enter(seen, ledger));
    }
}
