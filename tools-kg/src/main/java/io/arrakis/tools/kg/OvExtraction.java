package io.arrakis.tools.kg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.linalg.LinearAlgebra.Svd;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Collects what the heads of one block after the other read and write. */
final class OvExtraction {

    private final LinearAlgebra linearAlgebra;
    private final SeededRandom random;
    private final int topK;
    private final List<HeadSubspace> heads = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    OvExtraction(LinearAlgebra linearAlgebra, SeededRandom random, int topK) {
        this.linearAlgebra = linearAlgebra;
        this.random = random;
        this.topK = topK;
    }

    void add(int block, ValueOutput weights) {
        List<Svd> circuits = weights.circuits(linearAlgebra);
        try {
            errors.addAll(weights.errors(circuits, random.child(block)));
            for (int head = 0; head < circuits.size(); head++) {
                heads.add(HeadSubspace.of(block, head, circuits.get(head), topK, new double[0]));
            }
        } finally {
            circuits.forEach(BlockSubspaces::close);
        }
    }

    OvSubspaces result() {
        return new OvSubspaces(
                Collections.max(errors),
                directions(HeadSubspace::query),
                directions(HeadSubspace::key),
                new SubspaceTables(heads, errors, topK).singularValues(),
                table());
    }

    private Tensor directions(Function<HeadSubspace, HeapMatrix> side) {
        return new SubspaceTables(heads, errors, topK).directions(side);
    }

    private Table table() {
        Table.Builder table = Table.builder()
                .integer("block", "")
                .integer("head", "")
                .number("explained", "Share of the squared singular values that the kept components have.")
                .number("participation_ratio", "How many equal components would be as spread.")
                .number("norm", "Root of the sum of the squared singular values.")
                .number(
                        "copying",
                        "Overlap of what is read with what is written: 1 where a head hands on what it reads.")
                .number("proof_error", "Largest error of the sum of all components.");
        for (int i = 0; i < heads.size(); i++) {
            HeadSubspace head = heads.get(i);
            int width = head.key().columns();
            HeapMatrix read = Vectors.columns(head.query(), 0, width);
            table.row(
                    head.block(),
                    head.head(),
                    head.explained(topK),
                    Spectrum.participationRatio(head.values()),
                    Spectrum.norm(head.values()),
                    PrincipalAngles.overlap(read, head.key()),
                    errors.get(i));
        }
        return table.build();
    }
}
