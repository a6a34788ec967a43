package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Words whose numbers of senses are known: each sense is a Gaussian cluster around a point that it shares with words
 * of its own, so that occurrences of one sense lie near them.
 *
 * @param activations one row a word of each text
 * @param words       the words in the order of their tokens
 * @param senses      of each planted word
 * @param frequency   of each planted word
 */
record PlantedSenses(FakeActivations activations, List<String> words, double[] senses, double[] frequency) {

    static final HookName HOOK = HookName.residual(1);
    private static final int WIDTH = 48;
    private static final int TOPICS = 24;
    private static final int MOST_SENSES = 8;
    private static final int COMPANY = 5;

    /** Texts of each topic without a planted word, so that no word decides how common its topics are. */
    private static final int FILLING = 300;

    private static final double NOISE = 0.15;

    /** Makes words of 1 to 8 senses, so many of each, that occur 60 to 200 times, the senses equally likely. */
    static PlantedSenses of(int wordsOfEach, SeededRandom random) {
        float[][] topics = new float[TOPICS][];
        for (int topic = 0; topic < TOPICS; topic++) {
            topics[topic] = new float[WIDTH];
            topics[topic][2 * topic] = 1;
            topics[topic][2 * topic + 1] = 1;
        }
        List<String> vocabulary = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        int planted = MOST_SENSES * wordsOfEach;
        double[] senses = new double[planted];
        double[] frequency = new double[planted];
        for (int word = 0; word < planted; word++) {
            vocabulary.add(name(word));
            senses[word] = word % MOST_SENSES + 1;
            frequency[word] = 60 + random.nextInt(141);
            int[] own = random.sample(TOPICS, (int) senses[word]);
            for (int i = 0; i < frequency[word]; i++) {
                int topic = own[random.nextInt(own.length)];
                texts.add(List.of(name(word), company(topic, random.nextInt(COMPANY))));
                rows.add(near(topics[topic], random));
                rows.add(near(topics[topic], random));
            }
        }
        for (int topic = 0; topic < TOPICS; topic++) {
            for (int i = 0; i < COMPANY; i++) {
                vocabulary.add(company(topic, i));
            }
            for (int i = 0; i < FILLING; i++) {
                texts.add(List.of(company(topic, i % COMPANY)));
                rows.add(near(topics[topic], random));
            }
        }
        float[] values = new float[rows.size() * WIDTH];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, values, row * WIDTH, WIDTH);
        }
        FakeRows tokens = new FakeRows(new FakeTokenizer(vocabulary), texts);
        return new PlantedSenses(new FakeActivations(tokens, Map.of(HOOK, values)), vocabulary, senses, frequency);
    }

    /** Returns the same with one dimension many times as large. */
    PlantedSenses withRogueDimension(int dimension, float factor) {
        float[] values = activations.values().get(HOOK).clone();
        for (int at = dimension; at < values.length; at += WIDTH) {
            values[at] *= factor;
        }
        return new PlantedSenses(
                new FakeActivations(activations.rows(), Map.of(HOOK, values)), words, senses, frequency);
    }

    FakeContext context(long seed) {
        return new FakeContext(seed, new FakeTokenizer(words), 1 << 22);
    }

    private static float[] near(float[] topic, SeededRandom random) {
        float[] value = gaussian(random, NOISE);
        for (int i = 0; i < WIDTH; i++) {
            value[i] += topic[i];
        }
        return value;
    }

    private static float[] gaussian(SeededRandom random, double deviation) {
        float[] value = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            value[i] = (float) (deviation * random.nextGaussian());
        }
        return value;
    }

    static String name(int word) {
        return "w" + letters(word);
    }

    private static String company(int topic, int number) {
        return "t" + letters(topic) + letters(number);
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
    }
}
