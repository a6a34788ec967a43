package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.stats.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Words in texts about different things, of which one has two senses and one has not. */
class SelfInTextTest {

    private static final HookName HOOK = HookName.residual(1);
    private static final int WIDTH = 16;
    private static final int TEXTS = 40;
    private static final List<String> WORDS = List.of("one", "two", "filler");

    @Test
    void doesNotTakeOtherTextsForOtherSenses() {
        FakeContext context = new FakeContext(1, new FakeTokenizer(WORDS), 1 << 24);
        FakeActivations activations = planted();
        Words words = Words.of(activations.rows(), context.tokenizer());
        PolysemyMeasurement layer = new PolysemyMeasurement(activations, HOOK, words, context);
        List<WordSample> samples = WordSampling.of(
                        activations.rows(),
                        words,
                        Optional.of(List.of("one", "two")),
                        new Rarefaction(10, 5, 50),
                        context)
                .scored();

        List<Sampled> inText = layer.selfInText(samples);
        double whole =
                layer.self(samples, new Normalisation.ZScore()).get(0).mean().value();

        assertThat(samples).extracting(WordSample::name).containsExactly("one", "two");
        assertThat(whole).as("texts differ").isGreaterThan(0.7);
        assertThat(inText.get(0).value()).as("a word of one sense").isLessThan(0.2);
        assertThat(inText.get(1).value()).as("a word of two senses").isGreaterThan(0.5);
    }

    /** What a text is about is added to all of its tokens. */
    private static FakeActivations planted() {
        SeededRandom random = SeededRandom.of(3, "texts");
        double[][] words = {vector(random, 1), vector(random, 1), vector(random, 1), vector(random, 0)};
        List<List<String>> texts = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            boolean one = text % 2 == 0;
            texts.add(List.of(one ? "one" : "two", "filler"));
            double[] topic = vector(random, 3);
            double[] word = words[one ? 0 : 1 + text / 2 % 2];
            add(values, topic, word, random);
            add(values, topic, words[3], random);
        }
        float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return new FakeActivations(new FakeRows(new FakeTokenizer(WORDS), texts), Map.of(HOOK, flat));
    }

    private static double[] vector(SeededRandom random, double scale) {
        double[] vector = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = scale * random.nextGaussian();
        }
        return vector;
    }

    private static void add(List<Float> values, double[] topic, double[] word, SeededRandom random) {
        for (int i = 0; i < WIDTH; i++) {
            values.add((float) (topic[i] + word[i] + 0.05 * random.nextGaussian()));
        }
    }
}
