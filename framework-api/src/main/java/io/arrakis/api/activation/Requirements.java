package io.arrakis.api.activation;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.stability.Stable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that an operation will read, said before anything runs.
 *
 * <p>The planner joins the requirements of all steps and trials into as few forward passes as possible, stops each pass after
 * the deepest hook point that anybody asked for, and keeps only what was asked for.
 */
@Stable
public final class Requirements {

    private static final Requirements NONE = builder().build();

    private final Map<String, CaptureRequest> captures;
    private final Set<WeightName> weights;
    private final Passes passes;

    private Requirements(Builder builder) {
        this.captures = Map.copyOf(builder.captures);
        this.weights = Set.copyOf(builder.weights);
        this.passes = builder.passes;
    }

    /** Returns the requirements of an operation that reads earlier results and data alone. */
    public static Requirements none() {
        return NONE;
    }

    /** Starts with nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns requirements of one capture. */
    public static Requirements capture(String id, TextSource texts, Rows rows, HookName... hooks) {
        return builder()
                .capture(CaptureRequest.of(id, texts, rows, List.of(hooks)))
                .build();
    }

    /** Returns requirements of weights alone: the model is neither loaded nor run. */
    public static Requirements weights(Collection<WeightName> names) {
        return builder().weights(names).build();
    }

    /** Returns the captures, in no order. */
    public Collection<CaptureRequest> captures() {
        return captures.values();
    }

    /** Returns the names of the weights. */
    public Set<WeightName> weights() {
        return weights;
    }

    /** Returns the further passes, or nothing if the operation runs none itself. */
    public Optional<Passes> passes() {
        return Optional.ofNullable(passes);
    }

    /**
     * Forward passes that the operation runs itself, since what they change depends on what it finds.
     *
     * @param atMost     number of texts that go through the model, at most, counted once per pass; the framework refuses more
     * @param bytesATime bytes of activations that one pass hands out, at most
     * @param kept       whether the cache keeps what they hand out
     */
    public record Passes(long atMost, long bytesATime, boolean kept) {

        /** Checks that both are positive. */
        public Passes {
            if (atMost < 1 || bytesATime < 0) {
                throw new IllegalArgumentException("passes: atMost " + atMost + ", bytesATime " + bytesATime);
            }
        }

        /** Passes that the cache keeps. */
        public Passes(long atMost, long bytesATime) {
            this(atMost, bytesATime, true);
        }
    }

    /** Collects requirements. */
    public static final class Builder {

        private final Map<String, CaptureRequest> captures = new LinkedHashMap<>();
        private final Set<WeightName> weights = new LinkedHashSet<>();
        private Passes passes;

        private Builder() {}

        /**
         * Adds a capture.
         *
         * @throws IllegalArgumentException if its id is taken
         */
        public Builder capture(CaptureRequest capture) {
            if (captures.putIfAbsent(capture.id(), capture) != null) {
                throw new IllegalArgumentException("two captures with the id '" + capture.id() + "'");
            }
            return this;
        }

        /** Adds weights. */
        public Builder weights(Collection<WeightName> names) {
            weights.addAll(new ArrayList<>(names));
            return this;
        }

        /** Declares further passes, which the cache keeps. */
        public Builder passes(long atMost, long bytesATime) {
            passes = new Passes(atMost, bytesATime);
            return this;
        }

        /**
         * Declares further passes that the cache does not keep: many, each changed in another way, of which little is read.
         */
        public Builder passesOnce(long atMost, long bytesATime) {
            passes = new Passes(atMost, bytesATime, false);
            return this;
        }

        /** Returns the requirements. */
        public Requirements build() {
            return new Requirements(this);
        }
    }
}
