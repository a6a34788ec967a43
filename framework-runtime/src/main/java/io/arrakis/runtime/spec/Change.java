package io.arrakis.runtime.spec;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inline;
import io.arrakis.api.operation.PositionSet;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change at hook points during a step's forward passes, as experiments write it.
 *
 * @param at        which hook points
 * @param heads     which heads; all where absent
 * @param units     which indices of the last axis, such as neurons; all where absent
 * @param positions which tokens
 * @param edit      what is done there
 */
public record Change(
        @Description("Hook points: names separated by commas, with * for any text and {2,3} for one of several.")
        String at,

        @Description("Heads; all where absent.") Optional<@NotEmpty List<@Min(0) Integer>> heads,

        @Description("Indices of the last axis, such as neurons; all where absent.")
        Optional<@NotEmpty List<@Min(0) Integer>> units,

        @Description(
                "Tokens of each text, special tokens counted: all, first, last, a list that counts from 0, or {start, end}.")
        @DefaultValue("all")
        PositionSet positions,

        @Description("What is done there.") Doing edit) {

    /** Copies the lists. */
    public Change {
        Objects.requireNonNull(at, "at");
        heads = heads.map(List::copyOf);
        units = units.map(List::copyOf);
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(edit, "edit");
    }

    /** What is done to the numbers. */
    public sealed interface Doing {
        /** They become 0. */
        record Zero() implements Doing {}

        /**
         * They are multiplied.
         *
         * @param scale the factor
         */
        record Scale(@Description("The factor.") double scale) implements Doing {}

        /**
         * Others stand in their place.
         *
         * @param set one for all, or one for each index of the last axis that is changed
         */
        record Set(
                @Description("One number, or one for each index of the last axis that is changed.")
                Numbers set) implements Doing {}

        /**
         * Something is added.
         *
         * @param add one for all, or one for each index of the last axis that is changed
         */
        record Add(
                @Description("One number, or one for each index of the last axis that is changed.")
                Numbers add) implements Doing {}

        /**
         * Their mean over the tokens of a data set stands in their place, special tokens left out.
         *
         * @param mean the data set
         */
        record Mean(
                @Description("The data set whose tokens are averaged.")
                DataRef mean) implements Doing {}

        /**
         * What one token of a data set has, drawn by the seed, stands in their place.
         *
         * @param resample the data set
         */
        record Resample(
                @Description("The data set that a token is drawn from.")
                DataRef resample) implements Doing {}

        /**
         * What a token of another text has stands in their place.
         *
         * @param patch the text and the token
         */
        record Patch(
                @Description("Another text, and which of its tokens.")
                Source patch) implements Doing {}
    }

    /**
     * A token of a text.
     *
     * @param text     the text
     * @param position counted as the model reads it, special tokens too; below 0 from the end
     */
    public record Source(
            @Description("The text.") String text,

            @Description("Which token, special tokens counted; -1 is the last.") @DefaultValue("-1")
            int position) {}

    /** One number or several. */
    public sealed interface Numbers {
        /**
         * The same number everywhere.
         *
         * @param number any
         */
        @Inline
        record One(double number) implements Numbers {}

        /**
         * A number for each index.
         *
         * @param numbers any
         */
        @Inline
        record Each(@NotEmpty List<Double> numbers) implements Numbers {}
    }
}
