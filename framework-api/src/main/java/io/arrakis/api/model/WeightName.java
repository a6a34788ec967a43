package io.arrakis.api.model;

import io.arrakis.api.hook.Stage;
import io.arrakis.api.stability.Stable;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A weight of one model: the place and, inside a block, the number of the block. The order is that of the forward pass.
 *
 * @param point which place
 * @param block 0..n_layers-1 for a weight inside a block, else empty
 */
@Stable
public record WeightName(WeightPoint point, OptionalInt block) implements Comparable<WeightName> {
    private static final Pattern IN_BLOCK = Pattern.compile("blocks\\.(\\d{1,6})\\.(.+)");
    private static final Comparator<WeightName> FORWARD = Comparator.<WeightName, Stage>comparing(n -> n.point.stage())
            .thenComparingInt(n -> n.block.orElse(0))
            .thenComparing(WeightName::point);

    /** Checks that a block is given exactly where the place needs one. */
    public WeightName {
        Objects.requireNonNull(point, "point");
        if (point.inBlock() != block.isPresent()) {
            throw new IllegalArgumentException(
                    point.template() + (point.inBlock() ? " needs the number of a block" : " lies in no block"));
        }
        if (block.isPresent() && block.getAsInt() < 0) {
            throw new IllegalArgumentException("block " + block.getAsInt() + " of " + point.template() + " is below 0");
        }
    }

    /** A weight outside the blocks. */
    public static WeightName of(WeightPoint point) {
        return new WeightName(point, OptionalInt.empty());
    }

    /** A weight of one block, 0..n_layers-1. */
    public static WeightName of(WeightPoint point, int block) {
        return new WeightName(point, OptionalInt.of(block));
    }

    /** Reads a name such as {@code blocks.3.attn.W_Q}; empty if no family has such a name. */
    public static Optional<WeightName> parse(String text) {
        Matcher inBlock = IN_BLOCK.matcher(text);
        boolean matches = inBlock.matches();
        String template = matches ? "blocks." + WeightPoint.BLOCK_PLACEHOLDER + "." + inBlock.group(2) : text;
        OptionalInt block = matches ? OptionalInt.of(Integer.parseInt(inBlock.group(1))) : OptionalInt.empty();
        return Stream.of(WeightPoint.values())
                .filter(point -> point.template().equals(template) && point.inBlock() == block.isPresent())
                .findFirst()
                .map(point -> new WeightName(point, block));
    }

    @Override
    public int compareTo(WeightName other) {
        return FORWARD.compare(this, other);
    }

    /** The name that TransformerLens uses, such as {@code blocks.3.attn.W_Q}. */
    @Override
    public String toString() {
        return block.isPresent()
                ? point.template().replace(WeightPoint.BLOCK_PLACEHOLDER, Integer.toString(block.getAsInt()))
                : point.template();
    }
}
