package io.arrakis.tools.prober;

import io.arrakis.testkit.TinyModel;
import io.arrakis.testkit.TinyTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A BERT of two blocks whose weights a test can foresee: positions are nothing, attention is even over all tokens and copies
 * what it sees, MLPs write nothing but where it is said. So a token after block 0 is itself and the mean of its text.
 */
final class PlantedBert {

    private static final int WIDTH = 32;
    private static final TinyModel.Size SIZE = new TinyModel.Size(2, WIDTH, 4, 64, 32);

    /** Dimension of the residual stream that marks words of the concept. */
    private static final int MARK = 5;

    /** Dimension that the neuron of the concept writes to. */
    private static final int WRITTEN = 7;

    private PlantedBert() {}

    /** Topics, each with a direction and words of its own, and words that belong to no topic, all of one length. */
    static TinyModel ofTopics(int topics, List<String> free) {
        List<String> words = new ArrayList<>(free);
        for (int topic = 0; topic < topics; topic++) {
            words.addAll(company(topic));
        }
        TinyModel model = plain(words);
        TinyTensor embedding = model.tensor("bert.embeddings.word_embeddings.weight");
        for (String word : free) {
            int row = model.id(word);
            for (int i = 0; i < WIDTH; i++) {
                double sign = Math.signum(embedding.values()[row * WIDTH + i]);
                embedding.set(row, i, i < topics ? 0 : 0.1 * sign);
            }
        }
        for (int topic = 0; topic < topics; topic++) {
            for (String word : company(topic)) {
                embedding.setRow(model.id(word), axis(topic, 1));
            }
        }
        for (String layer : List.of("0", "1")) {
            String attention = "bert.encoder.layer." + layer + ".attention.";
            identity(model.tensor(attention + "self.value.weight"));
            identity(model.tensor(attention + "output.dense.weight"));
        }
        return model;
    }

    static List<String> company(int topic) {
        return List.of("t" + topic + "a", "t" + topic + "b", "t" + topic + "c").stream()
                .map(name -> name.replaceAll("\\d", "" + (char) ('a' + topic)))
                .toList();
    }

    /** Neuron 17 of block 1 is large for words of the concept and for no others, and the only one that writes. */
    static TinyModel ofConcept(List<String> members, List<String> others) {
        List<String> words = new ArrayList<>(members);
        words.addAll(others);
        TinyModel model = plain(words);
        TinyTensor embedding = model.tensor("bert.embeddings.word_embeddings.weight");
        members.forEach(word -> embedding.set(model.id(word), MARK, 0.8));
        others.forEach(word -> embedding.set(model.id(word), MARK, -0.1));
        for (String layer : List.of("0", "1")) {
            TinyTensor neurons = model.tensor("bert.encoder.layer." + layer + ".intermediate.dense.weight");
            for (int neuron = 0; neuron < neurons.shape()[0]; neuron++) {
                neurons.set(neuron, MARK, 0);
            }
        }
        model.tensor("bert.encoder.layer.1.intermediate.dense.weight").setRow(17, axis(MARK, 3));
        model.tensor("bert.encoder.layer.1.output.dense.weight").set(WRITTEN, 17, 1);
        return model;
    }

    private static TinyModel plain(List<String> words) {
        TinyModel model = TinyModel.bert(SIZE, words, 3);
        model.tensor("bert.embeddings.position_embeddings.weight").fill(0);
        model.tensor("bert.embeddings.token_type_embeddings.weight").fill(0);
        for (String layer : List.of("0", "1")) {
            String block = "bert.encoder.layer." + layer + ".";
            model.tensor(block + "attention.self.query.weight").fill(0);
            model.tensor(block + "attention.output.dense.weight").fill(0);
            model.tensor(block + "output.dense.weight").fill(0);
        }
        return model;
    }

    private static void identity(TinyTensor matrix) {
        matrix.fill(0);
        for (int i = 0; i < WIDTH; i++) {
            matrix.set(i, i, 1);
        }
    }

    private static double[] axis(int at, double value) {
        double[] vector = new double[WIDTH];
        vector[at] = value;
        return vector;
    }
}
