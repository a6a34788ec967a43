package io.arrakis.tools.kg;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Relational subspaces of heads. Subspace i belongs to head {@code i % n_heads} of block {@code blocks[i / n_heads]}.
 *
 * @param model            name of the model
 * @param dModel           width of its residual stream
 * @param nHeads           query heads of a block
 * @param blocks           the blocks, in the order in which they were asked for
 * @param topK             components of each subspace
 * @param biases           whether the last coordinate of a direction belongs to the bias row
 * @param relativeFrom     the query's position minus the key's, where positions turn keys: the smallest of the window
 * @param relativeTo       the largest of the window over which the mean was taken
 * @param explained        mean over heads of the share of squared singular values that the kept components have
 * @param excess           mean over heads of that share minus what Gaussian factors with the same column norms have
 * @param proofError       largest difference between the sum of all components and the scores of the same tensors, over the root
 *                         mean square of the scores of that head
 * @param check            the same against a forward pass, where it was asked for
 * @param query            directions of the query side, {@code [subspace, component, coordinate]}, of length 1
 * @param key              directions of the key side
 * @param singularValues   {@code [subspace, component]}
 * @param heads            a row for each head
 * @param components       a row for each kept component
 * @param spectra          the shares of the components
 * @param ov               what the heads read and write, where it was asked for
 * @param directions       what leads each direction, and how much of it is no token's own, where it was asked for
 * @param explaining       sets of components that explain scores, where it was asked for
 * @param warnings         what a reader should know
 */
public record RelationalSubspaces(
        @Description("Name of the model.") String model,

        @Description("Width of its residual stream.") int dModel,

        @Description("Query heads of a block.") int nHeads,

        @Description("The blocks, in the order in which they were asked for.")
        List<Integer> blocks,

        @Description("Components of each subspace.") int topK,

        @Description("Whether the last coordinate of a direction belongs to the bias row.")
        boolean biases,

        @Description("The query's position minus the key's, where positions turn keys: the smallest of the window.")
        int relativeFrom,

        @Description("The largest of the window over which the mean was taken.")
        int relativeTo,

        @Headline("share of squared scores in the kept components")
        @Description("Mean over heads of the share of squared singular values that the kept components have.")
        double explained,

        @Headline("of it beyond Gaussian factors")
        @Description("That share minus the share of Gaussian factors with the same column norms.")
        double excess,

        @Description("Largest difference between the sum of all components and the scores of the same tensors, "
                + "over the root mean square of the scores of that head.")
        double proofError,

        @Description("The components against a forward pass, where it was asked for.")
        Optional<ScoreCheck> check,

        @Description("Directions of the query side, [subspace, component, coordinate], of length 1.")
        Tensor query,

        @Description("Directions of the key side.") Tensor key,

        @Description("Singular values, [subspace, component].")
        Tensor singularValues,

        @Description("A row for each head.") Table heads,

        @Description("A row for each kept component.") Table components,

        @Description("The shares of the components.") Figure spectra,

        @Description("What the heads read and write, where it was asked for.")
        Optional<OvSubspaces> ov,

        @Description("What leads each direction, and how much of it is no token's own, where it was asked for.")
        Optional<Table> directions,

        @Description("Sets of components, found one by one, that explain the scores of texts, where it was asked for.")
        Optional<Table> explaining,

        @Description("What a reader should know.") List<String> warnings) {

    /** Copies the lists. */
    public RelationalSubspaces {
        blocks = List.copyOf(blocks);
        warnings = List.copyOf(warnings);
    }

    /**
     * What is known of them before they exist.
     *
     * @param dModel           width of the residual stream
     * @param nHeads           query heads of a block
     * @param blocks           the blocks
     * @param topK             components of each subspace
     * @param biases           whether there is a bias row
     */
    public record Outline(int dModel, int nHeads, List<Integer> blocks, int topK, boolean biases) {
        /** Copies the list. */
        public Outline {
            blocks = List.copyOf(blocks);
        }
    }

    /** Returns the number of subspaces. */
    int count() {
        return blocks.size() * nHeads;
    }

    /** Returns the block of a subspace. */
    int block(int subspace) {
        return blocks.get(subspace / nHeads);
    }

    /** Returns the query head of a subspace. */
    int head(int subspace) {
        return subspace % nHeads;
    }

    /** Returns the name of a subspace, such as {@code L2H5}. */
    String name(int subspace) {
        return name(block(subspace), head(subspace));
    }

    static String name(int block, int head) {
        return "L" + block + "H" + head;
    }

    /** Returns the directions of one side of a subspace, {@code [component, coordinate]}. */
    HeapMatrix directions(Side side, int subspace) {
        Tensor tensor = side == Side.QUERY ? query : key;
        int width = tensor.shape()[2];
        float[] values = new float[topK * width];
        System.arraycopy(tensor.values(), subspace * values.length, values, 0, values.length);
        return new HeapMatrix(topK, width, values);
    }

    /** Returns a singular value. */
    float singularValue(int subspace, int component) {
        return singularValues.values()[subspace * topK + component];
    }
}
