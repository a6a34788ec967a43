package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Coordinates of tokens in relational subspaces, as query and as key.
 *
 * <p>A token's vector, less the mean of the reference words, is multiplied with the directions of each side. Directions have length
 * 1, so a coordinate has the unit of the residual stream (of the normed stream where the model norms first). The sign of a
 * direction is a convention. Costs tokens x d_model x subspaces x components multiply-adds.
 */
@Description("Projects tokens onto relational subspaces, as query and as key.")
public final class ProjectTokenEmbeddings implements Operation<ProjectTokenEmbeddings.Params, TokenProjections> {

    /** Makes the operation. */
    @Inject
    public ProjectTokenEmbeddings() {}

    /**
     * What to project.
     *
     * @param tokenIds  the tokens
     * @param subspaces where they are projected
     * @param source    which vector stands for a token
     * @param reference the reference words
     * @param show      what the picture shows
     */
    public record Params(
            @Description("Tokens to project: ids, words, or a data set of words.") @Example("[cat, dog, paw, kitten]")
            TokenSet tokenIds,

            @Description("The step that found the subspaces.") @Example("${steps.subspaces}")
            StepRef<RelationalSubspaces> subspaces,

            @Description("Which vector stands for a token: word_alone, embedding or hook:NAME.")
            @DefaultValue("word_alone")
            TokenSource source,

            @Description("Words whose mean is taken away; by default up to 1,000 words of the vocabulary.")
            Optional<TokenSet> reference,

            @Description("What the picture shows; two directions of the first head by default.")
            Optional<Shown> show) {

        SubspaceTokens in() {
            return new SubspaceTokens(tokenIds, subspaces, source, reference);
        }

        private Shown shown(int topK) {
            return show.orElse(new Shown(0, 0, Math.min(1, topK - 1)));
        }
    }

    /**
     * Two directions of a subspace.
     *
     * @param subspace its index: blocks in the order in which they were asked for, heads within
     * @param x        component of the horizontal axis
     * @param y        component of the vertical axis
     */
    public record Shown(
            @Description("Index of the subspace: the heads of the first block, then those of the next.")
            @DefaultValue("0")
            @Min(0)
            int subspace,

            @Description("Component of the horizontal axis.") @DefaultValue("0") @Min(0)
            int x,

            @Description("Component of the vertical axis.") @DefaultValue("1") @Min(0)
            int y) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        params.in().check(planning, problems);
        planning.outline(params.subspaces(), RelationalSubspaces.Outline.class)
                .ifPresent(outline -> params.show().ifPresent(shown -> {
                    within(shown.subspace(), outline.blocks().size() * outline.nHeads(), "subspace", problems);
                    within(shown.x(), outline.topK(), "x", problems);
                    within(shown.y(), outline.topK(), "y", problems);
                }));
    }

    private static void within(int index, int count, String key, Problems problems) {
        if (index >= count) {
            problems.at("show." + key)
                    .error(
                            ErrorCode.SPEC_RANGE,
                            key + " " + index + ", but there are " + count,
                            "choose 0 to " + (count - 1));
        }
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        return params.in().requires(planning);
    }

    @Override
    public TokenProjections run(Params params, Inputs inputs, OperationContext context) {
        RelationalSubspaces subspaces = inputs.step(params.subspaces(), RelationalSubspaces.class);
        SubspaceTokens.Loaded loaded = params.in().load(subspaces, inputs, context);
        List<Coordinates> blocks = new ArrayList<>();
        for (int block : subspaces.blocks()) {
            context.checkCancelled();
            double[] mean = Vectors.mean(loaded.reference().input(block));
            HeapMatrix centred = Vectors.minus(loaded.tokens().input(block), mean);
            blocks.add(Coordinates.of(centred, subspaces, block, context.linearAlgebra()));
        }
        Shown shown = params.shown(subspaces.topK());
        Coordinates block = blocks.get(shown.subspace() / subspaces.nHeads());
        int head = subspaces.head(shown.subspace());
        HeapMatrix query = block.head(Side.QUERY, head, subspaces.topK());
        HeapMatrix key = block.head(Side.KEY, head, subspaces.topK());
        List<Token> tokens = loaded.tokens().tokens();
        return new TokenProjections(
                tensor(Side.QUERY, blocks, subspaces, tokens.size()),
                tensor(Side.KEY, blocks, subspaces, tokens.size()),
                tokens(tokens),
                shown(tokens, query, key),
                picture(tokens, query, key, shown, subspaces.name(shown.subspace())),
                warnings(loaded.tokens()));
    }

    private static Tensor tensor(Side side, List<Coordinates> blocks, RelationalSubspaces subspaces, int tokens) {
        int size = tokens * subspaces.topK();
        float[] values = new float[Math.multiplyExact(subspaces.count(), size)];
        for (int i = 0; i < subspaces.count(); i++) {
            HeapMatrix own = blocks.get(i / subspaces.nHeads()).head(side, subspaces.head(i), subspaces.topK());
            System.arraycopy(own.values(), 0, values, i * size, size);
        }
        return Tensor.of(
                List.of("subspace", "token", "component"),
                new int[] {subspaces.count(), tokens, subspaces.topK()},
                values);
    }

    private static Table tokens(List<Token> tokens) {
        Table.Builder table = Table.builder().integer("token_id", "").text("token", "");
        tokens.forEach(token -> table.row(token.id(), token.label()));
        return table.build();
    }

    private static Table shown(List<Token> tokens, HeapMatrix query, HeapMatrix key) {
        Table.Builder table = Table.builder().text("token", "").text("side", "Whether it is seen as query or as key.");
        IntStream.range(0, query.columns()).forEach(k -> table.number("component_" + k, ""));
        for (Side side : Side.values()) {
            HeapMatrix rows = side == Side.QUERY ? query : key;
            for (int i = 0; i < tokens.size(); i++) {
                List<Object> cells = new ArrayList<>(List.of(tokens.get(i).label(), side.label()));
                for (int k = 0; k < rows.columns(); k++) {
                    cells.add(rows.at(i, k));
                }
                table.row(cells.toArray());
            }
        }
        return table.build();
    }

    private static Figure picture(List<Token> tokens, HeapMatrix query, HeapMatrix key, Shown shown, String name) {
        return new Figure.Scatter(
                "Tokens in the subspace of head " + name,
                new Figure.Axis("component " + shown.x()),
                new Figure.Axis("component " + shown.y()),
                List.of(group("as query", tokens, query, shown), group("as key", tokens, key, shown)));
    }

    private static Figure.Scatter.Group group(String name, List<Token> tokens, HeapMatrix rows, Shown shown) {
        return new Figure.Scatter.Group(
                name,
                column(rows, shown.x()),
                column(rows, shown.y()),
                tokens.stream().map(Token::label).toList());
    }

    private static List<Double> column(HeapMatrix rows, int column) {
        return IntStream.range(0, rows.rows())
                .mapToObj(row -> (double) rows.at(row, column))
                .toList();
    }

    private static List<String> warnings(TokenVectors tokens) {
        return tokens.warning().stream().toList();
    }
}
