package io.arrakis.tools.kg;

import io.arrakis.api.activation.Requirements;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far the subspaces of heads are apart, across heads, blocks, models, and whatever two steps found them in.
 *
 * <p>Subspaces are compared by their principal angles, which do not depend on the directions that span them. The overlap is the mean
 * squared cosine of the angles: 1 for the same subspace, 0 for orthogonal ones, and for random subspaces the larger number of
 * components over the width, which stands beside it. Queries are compared with queries, keys with keys, and queries with keys: what
 * one head reads as a key another may read as a query. Costs pairs of heads x components^2 x width multiply-adds.
 *
 * <p>Subspaces of another model come from its run. The coordinates of two models mean the same where one was made from the other, by
 * further training or at another step of it; of models that were trained apart nothing but chance is to be expected.
 *
 * @see "Bjorck and Golub 1973, Numerical Methods for Computing Angles between Linear Subspaces"
 */
@Description(
        "Compares the subspaces of heads with each other, or with those of another step, run or model, by their principal angles.")
public final class CompareSubspaces implements Operation<CompareSubspaces.Params, SubspaceComparison> {

    /** Makes the operation. */
    @Inject
    public CompareSubspaces() {}

    /**
     * What to compare.
     *
     * @param subspaces the subspaces
     * @param other     what they are compared with
     * @param saved     what they are compared with, of another run
     */
    public record Params(
            @Description("The step that found the subspaces.") @Example("${steps.subspaces}")
            StepRef<RelationalSubspaces> subspaces,

            @Description("Another step that found subspaces; if left out, the heads are compared with each other.")
            Optional<StepRef<RelationalSubspaces>> other,

            @Description("Subspaces that another run found, of this model or another: the folder RUN/results/STEP.")
            Optional<Path> saved) {}

    @Override
    public void check(Params params, Planning planning, Problems problems) {
        if (params.other().isPresent() && params.saved().isPresent()) {
            problems.at("saved")
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "the subspaces are compared with those of one other step",
                            "leave out other, or saved");
        }
        Optional<RelationalSubspaces.Outline> first = outline(params.subspaces(), "subspaces", planning, problems);
        params.other()
                .flatMap(other -> outline(other, "other", planning, problems))
                .filter(second -> first.isPresent() && width(second) != width(first.get()))
                .ifPresent(second -> problems.at("other")
                        .error(
                                ErrorCode.TOOL_INPUT,
                                "its directions have " + width(second) + " coordinates, those of the first step "
                                        + width(first.orElseThrow()),
                                "compare subspaces of one width, both with biases or both without"));
    }

    private static Optional<RelationalSubspaces.Outline> outline(
            StepRef<RelationalSubspaces> step, String key, Planning planning, Problems problems) {
        Optional<RelationalSubspaces.Outline> outline = planning.outline(step, RelationalSubspaces.Outline.class);
        if (outline.isEmpty()) {
            problems.at(key)
                    .error(
                            ErrorCode.SPEC_REFERENCE,
                            "step '" + step.step() + "' does not find subspaces",
                            "name a step that uses kg_extractor.extract_relational_subspaces");
        }
        return outline;
    }

    private static int width(RelationalSubspaces.Outline outline) {
        return outline.dModel() + (outline.biases() ? 1 : 0);
    }

    @Override
    public Requirements requires(Params params, Planning planning) {
        return Requirements.none();
    }

    @Override
    public SubspaceComparison run(Params params, Inputs inputs, OperationContext context) {
        RelationalSubspaces first = inputs.step(params.subspaces(), RelationalSubspaces.class);
        RelationalSubspaces second = second(params, inputs, first);
        boolean itself = params.other().isEmpty() && params.saved().isEmpty();
        Table.Builder table = Table.builder()
                .text("first", "A head.")
                .text("second", "The head that it is compared with.")
                .number("queries", "Overlap of what both compare as queries, 0 to 1.")
                .number("keys", "Overlap of what both compare as keys.")
                .number("query_with_key", "Overlap of the first's queries with the second's keys.")
                .number("smallest_angle", "Smallest principal angle of the queries, degrees.")
                .number("largest_angle", "Largest principal angle of the queries, degrees.");
        List<List<Double>> rows = new ArrayList<>();
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < first.count(); i++) {
            context.checkCancelled();
            List<Double> row = new ArrayList<>();
            HeapMatrix query = first.directions(Side.QUERY, i);
            HeapMatrix key = first.directions(Side.KEY, i);
            for (int j = 0; j < second.count(); j++) {
                HeapMatrix otherQuery = second.directions(Side.QUERY, j);
                HeapMatrix otherKey = second.directions(Side.KEY, j);
                double queries = PrincipalAngles.overlap(query, otherQuery);
                double keys = PrincipalAngles.overlap(key, otherKey);
                row.add((queries + keys) / 2);
                if (!itself || i < j) {
                    List<Double> angles = PrincipalAngles.degrees(query, otherQuery);
                    table.row(
                            first.name(i),
                            second.name(j),
                            queries,
                            keys,
                            PrincipalAngles.overlap(query, otherKey),
                            angles.get(0),
                            angles.get(angles.size() - 1));
                    sum += (queries + keys) / 2;
                    pairs++;
                }
            }
            rows.add(row);
        }
        double byChance =
                (double) Math.max(first.topK(), second.topK()) / query(first).columns();
        return new SubspaceComparison(
                pairs == 0 ? 1 : sum / pairs,
                byChance,
                table.build(),
                picture(first, second, rows),
                warnings(first, second));
    }

    private static List<String> warnings(RelationalSubspaces first, RelationalSubspaces second) {
        return first.model().equals(second.model())
                ? List.of()
                : List.of("the subspaces are of two models, '" + first.model() + "' and '" + second.model()
                        + "': their coordinates mean the same only where one was made from the other");
    }

    private static RelationalSubspaces second(Params params, Inputs inputs, RelationalSubspaces first) {
        if (params.saved().isEmpty()) {
            return params.other()
                    .map(other -> inputs.step(other, RelationalSubspaces.class))
                    .orElse(first);
        }
        RelationalSubspaces saved = inputs.saved(params.saved().get(), RelationalSubspaces.class);
        if (query(saved).columns() != query(first).columns()) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    "saved",
                    "its directions, of model '" + saved.model() + "', have "
                            + query(saved).columns() + " coordinates, those of the step "
                            + query(first).columns(),
                    "compare subspaces of one width, both with biases or both without");
        }
        return saved;
    }

    private static HeapMatrix query(RelationalSubspaces subspaces) {
        return subspaces.directions(Side.QUERY, 0);
    }

    private static Figure picture(RelationalSubspaces first, RelationalSubspaces second, List<List<Double>> rows) {
        return new Figure.HeatMap(
                "Overlap of the subspaces of heads, mean of queries and keys",
                new Figure.Axis("head of " + second.model()),
                new Figure.Axis("head of " + first.model()),
                names(second),
                names(first),
                rows);
    }

    private static List<String> names(RelationalSubspaces subspaces) {
        return IntStream.range(0, subspaces.count()).mapToObj(subspaces::name).toList();
    }
}
