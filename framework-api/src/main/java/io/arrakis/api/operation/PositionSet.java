package io.arrakis.api.operation;

import io.arrakis.api.hook.Positions;
import io.arrakis.api.stability.Stable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Objects;

/**
 * Tokens of each text, special tokens counted, padding not. Written as {@code all}, {@code first}, {@code last}, a list that counts
 * from 0, or <code>{start: 2, end: 5}</code>, the end exclusive.
 */
@Stable
public sealed interface PositionSet {

    /** Returns them as a request names them. */
    Positions positions();

    /** Every token. */
    record All() implements PositionSet {
        @Override
        public Positions positions() {
            return Positions.all();
        }
    }

    /** The first token. */
    record First() implements PositionSet {
        @Override
        public Positions positions() {
            return Positions.first();
        }
    }

    /** The last token. */
    record Last() implements PositionSet {
        @Override
        public Positions positions() {
            return Positions.last();
        }
    }

    /**
     * The listed tokens.
     *
     * @param at counts from 0
     */
    @Inline
    record At(@NotEmpty List<@Min(0) Integer> at) implements PositionSet {
        /** Copies the list. */
        public At {
            at = List.copyOf(Objects.requireNonNull(at, "at"));
        }

        @Override
        public Positions positions() {
            return new Positions.At(at);
        }
    }

    /**
     * A run of tokens.
     *
     * @param start the first of them
     * @param end   the first that is no longer one of them
     */
    record Span(
            @Description("The first of them, counted from 0.") @Min(0)
            int start,

            @Description("The first that is no longer one of them.") @Min(1)
            int end)
            implements PositionSet {
        /**
         * Checks the order.
         *
         * @throws IllegalArgumentException if none lies between
         */
        public Span {
            if (end <= start) {
                throw new IllegalArgumentException("no position lies from " + start + " to before " + end);
            }
        }

        @Override
        public Positions positions() {
            return Positions.span(start, end);
        }
    }
}
