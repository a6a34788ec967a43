package io.arrakis.api.hook;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.stability.Stable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A hook point of one model: the point and, inside a block, the number of the block.
 *
 * <p>The order is that of the forward pass.
 *
 * @param point which place
 * @param block 0..n_layers-1 for a point inside a block, else empty
 */
@Stable
public record HookName(HookPoint point, OptionalInt block) implements Comparable<HookName> {
    private static final Pattern IN_BLOCK = Pattern.compile("blocks\\.(\\d{1,6})\\.(.+)");
    private static final Comparator<HookName> FORWARD = Comparator.<HookName, Stage>comparing(n -> n.point.stage())
            .thenComparingInt(n -> n.block.orElse(0))
            .thenComparing(HookName::point);

    /** Checks that a block is given exactly where the point needs one. */
    public HookName {
        Objects.requireNonNull(point, "point");
        if (point.inBlock() != block.isPresent()) {
            throw new IllegalArgumentException(
                    point.template() + (point.inBlock() ? " needs the number of a block" : " lies in no block"));
        }
        if (block.isPresent() && block.getAsInt() < 0) {
            throw new IllegalArgumentException("block " + block.getAsInt() + " of " + point.template() + " is below 0");
        }
    }

    /**
     * A point outside the blocks.
     *
     * @throws IllegalArgumentException if the point lies in a block
     */
    public static HookName of(HookPoint point) {
        return new HookName(point, OptionalInt.empty());
    }

    /**
     * A point of one block.
     *
     * @param block 0..n_layers-1
     * @throws IllegalArgumentException if the point lies in no block
     */
    public static HookName of(HookPoint point, int block) {
        return new HookName(point, OptionalInt.of(block));
    }

    /**
     * The residual stream at a residual layer: 0 is what enters block 0, l what leaves block l-1.
     *
     * @param layer 0..n_layers
     */
    public static HookName residual(int layer) {
        return layer == 0 ? of(HookPoint.RESID_PRE, 0) : of(HookPoint.RESID_POST, layer - 1);
    }

    /**
     * Reads a name such as {@code blocks.3.mlp.hook_post}.
     *
     * @throws ArrakisException with {@code UNKNOWN-HOOK} if no family has such a name; says the nearest ones
     */
    public static HookName parse(String text) {
        Matcher inBlock = IN_BLOCK.matcher(text);
        String template = inBlock.matches() ? "blocks." + HookPoint.BLOCK_PLACEHOLDER + "." + inBlock.group(2) : text;
        OptionalInt block =
                inBlock.matches() ? OptionalInt.of(Integer.parseInt(inBlock.group(1))) : OptionalInt.empty();
        return Stream.of(HookPoint.values())
                .filter(point -> point.template().equals(template) && point.inBlock() == block.isPresent())
                .findFirst()
                .map(point -> new HookName(point, block))
                .orElseThrow(() -> NearNames.unknown(text, everyName(block.orElse(0))));
    }

    private static List<String> everyName(int block) {
        return Stream.of(HookPoint.values())
                .map(point -> (point.inBlock() ? of(point, block) : of(point)).toString())
                .toList();
    }

    /** How many blocks must have run for this tensor to be there: 0 for the embedding, block + 1, or all of them. */
    public int blocksNeeded(int nLayers) {
        return switch (point.stage()) {
            case EMBEDDING -> 0;
            case BLOCK -> point == HookPoint.RESID_PRE ? block.getAsInt() : block.getAsInt() + 1;
            case HEAD -> nLayers;
        };
    }

    @Override
    public int compareTo(HookName other) {
        return FORWARD.compare(this, other);
    }

    /** The name that TransformerLens uses, such as {@code blocks.3.mlp.hook_post}. */
    @Override
    public String toString() {
        return block.isPresent()
                ? point.template().replace(HookPoint.BLOCK_PLACEHOLDER, Integer.toString(block.getAsInt()))
                : point.template();
    }
}
