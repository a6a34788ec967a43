package io.arrakis.tools.kg;

import io.arrakis.testkit.TinyModel;
import io.arrakis.testkit.TinyTensor;
import java.util.List;
import java.util.function.DoubleSupplier;

/** A tiny model whose head 0 of block 0 compares the code of a first word with that of a second; all else is small noise. */
final class PlantedPairs {

    static final int D_MODEL = 64;

    private static final int CODE = 12;

    /** Where the codes of second words begin. */
    private static final int TAIL = 24;

    private final TinyModel model;

    PlantedPairs(List<String> words) {
        model = TinyModel.bert(new TinyModel.Size(2, D_MODEL, 4, 32, 16), words, 3);
        model.set("bert.embeddings.position_embeddings.weight", value -> 0f);
        model.set("bert.embeddings.token_type_embeddings.weight", value -> 0f);
        plantHead("query", 0);
        plantHead("key", TAIL);
    }

    TinyModel model() {
        return model;
    }

    /** Gives two words the same code. */
    void relate(String first, String second, DoubleSupplier code) {
        double[] head = new double[D_MODEL];
        double[] tail = new double[D_MODEL];
        for (int k = 0; k < CODE; k++) {
            double value = code.getAsDouble();
            put(head, 2 * k, value);
            put(tail, 2 * k + TAIL, value);
        }
        TinyTensor embedding = model.tensor("bert.embeddings.word_embeddings.weight");
        embedding.setRow(model.id(first), head);
        embedding.setRow(model.id(second), tail);
    }

    /** Keeps the mean of a row at zero, so that the norm of the embedding only scales it. */
    private static void put(double[] row, int at, double value) {
        row[at] = value;
        row[at + 1] = -value;
    }

    private void plantHead(String part, int from) {
        TinyTensor weight = model.tensor("bert.encoder.layer.0.attention.self." + part + ".weight");
        for (int k = 0; k < CODE; k++) {
            double[] row = new double[D_MODEL];
            put(row, from + 2 * k, 3);
            weight.setRow(k, row);
        }
    }
}
