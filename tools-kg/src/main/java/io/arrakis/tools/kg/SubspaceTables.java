package io.arrakis.tools.kg;

import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Writes the subspaces of heads as tables, tensors and a picture. */
final class SubspaceTables {

    private final List<HeadSubspace> heads;
    private final List<Double> errors;
    private final int topK;

    SubspaceTables(List<HeadSubspace> heads, List<Double> errors, int topK) {
        this.heads = heads;
        this.errors = errors;
        this.topK = topK;
    }

    Table heads() {
        Table.Builder table = Table.builder()
                .integer("block", "")
                .integer("head", "")
                .number("explained", "Share of the squared singular values that the kept components have.")
                .number("explained_by_chance", "The same for Gaussian factors with the same column norms.")
                .number("participation_ratio", "How many equal components would be as spread.")
                .number("norm", "Root of the sum of the squared singular values.")
                .number("proof_error", "Largest error of the sum of all components against the scores.");
        for (int i = 0; i < heads.size(); i++) {
            HeadSubspace head = heads.get(i);
            double[] values = head.values();
            table.row(
                    head.block(),
                    head.head(),
                    head.explained(topK),
                    head.explainedByChance(topK),
                    Spectrum.participationRatio(values),
                    Spectrum.norm(values),
                    errors.get(i));
        }
        return table.build();
    }

    Table components() {
        Table.Builder table = Table.builder()
                .integer("block", "")
                .integer("head", "")
                .integer("component", "")
                .number("singular_value", "")
                .number("share", "Its square over the sum of the squares.")
                .number("share_by_chance", "The same for Gaussian factors with the same column norms.");
        for (HeadSubspace head : heads) {
            double[] shares = Spectrum.shares(head.values());
            for (int k = 0; k < topK; k++) {
                table.row(head.block(), head.head(), k, head.values()[k], shares[k], head.chance()[k]);
            }
        }
        return table.build();
    }

    Tensor directions(Function<HeadSubspace, HeapMatrix> side) {
        int width = side.apply(heads.get(0)).columns();
        float[] values = new float[Math.multiplyExact(heads.size(), topK * width)];
        for (int i = 0; i < heads.size(); i++) {
            System.arraycopy(side.apply(heads.get(i)).values(), 0, values, i * topK * width, topK * width);
        }
        return Tensor.of(List.of("subspace", "component", "coordinate"), new int[] {heads.size(), topK, width}, values);
    }

    Tensor singularValues() {
        float[] values = new float[heads.size() * topK];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) heads.get(i / topK).values()[i % topK];
        }
        return Tensor.of(List.of("subspace", "component"), new int[] {heads.size(), topK}, values);
    }

    Figure spectra() {
        List<Double> at = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        List<Double> least = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        List<Double> chance = new ArrayList<>();
        for (int k = 0; k < heads.get(0).values().length; k++) {
            int component = k;
            double[] shares = heads.stream()
                    .mapToDouble(h -> Spectrum.shares(h.values())[component])
                    .toArray();
            at.add((double) k);
            mean.add(Arrays.stream(shares).average().orElseThrow());
            least.add(Arrays.stream(shares).min().orElseThrow());
            most.add(Arrays.stream(shares).max().orElseThrow());
            chance.add(heads.stream()
                    .mapToDouble(h -> h.chance()[component])
                    .average()
                    .orElseThrow());
        }
        return new Figure.Lines(
                "Share of each component in a head's squared scores: mean over heads, with the smallest and largest",
                new Figure.Axis("component"),
                new Figure.Axis("share of the squared singular values"),
                at,
                List.of(new Figure.Series("heads", mean, least, most), Figure.Series.of("Gaussian factors", chance)));
    }
}
