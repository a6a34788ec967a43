package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.linalg.NativeCopy;
import io.arrakis.api.model.AttentionSpec;
import io.arrakis.api.result.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Small sets of components, found one by one, whose sum explains a share of the scores between the tokens of texts. Scores are those
 * of the keys that a query sees, each less their mean, which the softmax takes away; the share is one minus the squares that are left
 * over all squares. With rotary positions all pairs count as if they stood at the distance of the extraction.
 *
 * @param spec          what the attention of all blocks has in common
 * @param contexts      the texts
 * @param share         what is to be explained, 0 to 1
 * @param topK          how many components are kept
 * @param extraction    how components are found
 * @param linearAlgebra the kernels
 */
record ExplainingSets(
        AttentionSpec spec,
        ContextRows contexts,
        double share,
        int topK,
        BlockSubspaces extraction,
        LinearAlgebra linearAlgebra) {

    static Table.Builder columns() {
        return Table.builder()
                .integer("block", "")
                .integer("head", "")
                .integer("components", "How many components explain the share.")
                .number(
                        "explained",
                        "Share of the squared scores that they explain; NaN where no query has scores that differ.")
                .number("explained_by_kept", "Share that the kept components explain, the largest by singular value.")
                .text("which", "The components in the order in which they help.");
    }

    /** Adds a row for each head of a block. */
    void add(int block, BlockAttention attention, Table.Builder table) {
        HeapMatrix normed = AttentionInput.normed(attention.input().norm(), contexts.stream(block));
        HeapMatrix rows = extraction.biases() ? normed.withOnes() : normed;
        QueriesAndKeys sizes = QueriesAndKeys.of(normed, attention, Distance.at(0, 1), linearAlgebra);
        List<Svd> circuits = extraction.circuits(attention);
        try (NativeCopy x = rows.toNative()) {
            for (int head = 0; head < circuits.size(); head++) {
                double[][] gram = gram(x.array(), circuits.get(head), sizes, head, attention);
                List<Integer> chosen = choose(gram, share);
                table.row(
                        block,
                        head,
                        chosen.size(),
                        explained(gram, chosen),
                        explained(gram, IntStream.range(0, topK).boxed().toList()),
                        chosen.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            }
        } finally {
            circuits.forEach(BlockSubspaces::close);
        }
    }

    /** Inner products of what each two components add to all scores of the texts. */
    private double[][] gram(INDArray x, Svd circuit, QueriesAndKeys sizes, int head, BlockAttention attention) {
        int keyHead = Side.KEY.headFor(head, attention.dims());
        CircuitRows rows = CircuitRows.of(circuit, x, linearAlgebra);
        HeapMatrix query = divided(rows.query(), sizes.querySizes(), head);
        HeapMatrix key = divided(rows.key(), sizes.keySizes(), keyHead);
        Sight sight = new Sight(spec, attention.layer());
        SeenScores scores = new SeenScores(circuit.s());
        for (int text = 0; text < contexts.texts(); text++) {
            scores.add(
                    query, key, contexts.rows().firstRow(text), contexts.rows().firstRow(text + 1), sight);
        }
        return scores.gram();
    }

    private static HeapMatrix divided(HeapMatrix coordinates, HeapMatrix sizes, int head) {
        for (int i = 0; i < coordinates.values().length; i++) {
            coordinates.values()[i] /= sizes.at(i / coordinates.columns(), head);
        }
        return coordinates;
    }

    /** Takes the component that leaves least, again and again, until the share is reached. */
    static List<Integer> choose(double[][] gram, double share) {
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < gram.length && explained(gram, chosen) < share) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < gram.length; k++) {
                if (!chosen.contains(k)) {
                    List<Integer> with = new ArrayList<>(chosen);
                    with.add(k);
                    double explained = explained(gram, with);
                    best = explained > most ? k : best;
                    most = Math.max(most, explained);
                }
            }
            chosen.add(best);
        }
        return chosen;
    }

    /** Returns one minus the squares that components leave over all squares; NaN where there is nothing to explain. */
    static double explained(double[][] gram, List<Integer> components) {
        boolean[] taken = new boolean[gram.length];
        components.forEach(k -> taken[k] = true);
        double all = 0;
        double left = 0;
        for (int k = 0; k < gram.length; k++) {
            for (int l = 0; l < gram.length; l++) {
                all += gram[k][l];
                left += taken[k] || taken[l] ? 0 : gram[k][l];
            }
        }
        return all <= 0 ? Double.NaN : 1 - left / all;
    }
}
