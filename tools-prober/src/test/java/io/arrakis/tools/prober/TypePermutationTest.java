package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stats.Correlation;
import io.arrakis.api.stats.Moments;
import io.arrakis.api.stats.SeededRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Words that change places within tenths of equal frequency. */
class TypePermutationTest {

    /** 40 words, of which four each are in a tenth; 0 to 3 are the rarest. */
    private static final TypePermutation WORDS =
            new TypePermutation(IntStream.range(1, 41).toArray());

    @Test
    void keepsHowManyWordsOfEachTenthThereAre() {
        SeededRandom random = SeededRandom.of(1, "permutation");
        for (int run = 0; run < 200; run++) {
            int fixed = random.nextInt(40);
            int[] set = Arrays.stream(random.sample(40, 1 + random.nextInt(39)))
                    .filter(word -> word != fixed)
                    .toArray();
            int[] permuted = WORDS.of(set, fixed, random);
            assertThat(permuted).doesNotHaveDuplicates().doesNotContain(fixed);
            assertThat(tenths(permuted)).containsExactly(tenths(set));
        }
    }

    private static int[] tenths(int[] words) {
        return Arrays.stream(words).map(word -> word / 4).sorted().toArray();
    }

    @Test
    void givesEachOtherWordOfTheTenthEquallyOften() {
        SeededRandom random = SeededRandom.of(2, "permutation");
        int[] times = new int[40];
        for (int run = 0; run < 9000; run++) {
            times[WORDS.of(new int[] {6}, 5, random)[0]]++;
        }
        assertThat(times[5]).isZero();
        for (int word : new int[] {4, 6, 7}) {
            assertThat(times[word]).isBetween(2800, 3200);
        }
    }

    /** Each topic has three words of each tenth, so that frequencies say nothing of topics, and so of senses. */
    @Test
    void permutedNeighboursDoNotFollowSensesThatFrequenciesDoNotTell() {
        TypePermutation words = new TypePermutation(IntStream.range(1, 401).toArray());
        SeededRandom random = SeededRandom.of(4, "senses");
        double[] senses = new double[60];
        double[] observed = new double[60];
        double[] permuted = new double[60];
        for (int word = 0; word < senses.length; word++) {
            senses[word] = word % 6 + 1;
            int[][] sets = new int[18][];
            for (int i = 0; i < sets.length; i++) {
                int topic = (word + i % (int) senses[word]) % 12;
                sets[i] = IntStream.range(0, 10)
                        .flatMap(tenth -> Arrays.stream(random.sample(3, 2)).map(one -> 40 * tenth + 3 * topic + one))
                        .toArray();
            }
            NeighbourTypes types = new NeighbourTypes(sets);
            observed[word] = types.distances().mean();
            permuted[word] = types.permuted(words, 39, random).distances().mean();
        }
        assertThat(Correlation.spearman(observed, senses)).isGreaterThan(0.95);
        assertThat(Correlation.spearman(permuted, senses)).isBetween(-0.35, 0.35);
        assertThat(Moments.mean(permuted)).isGreaterThan(0.95);
    }

    @Test
    void wordsOfOneFrequencyAreOneGroup() {
        int[] once = new int[30];
        Arrays.fill(once, 1);
        SeededRandom random = SeededRandom.of(3, "permutation");
        int[] all = IntStream.range(1, 30).toArray();
        assertThat(new TypePermutation(once).of(all, 0, random)).containsExactlyInAnyOrder(all);
    }
}
