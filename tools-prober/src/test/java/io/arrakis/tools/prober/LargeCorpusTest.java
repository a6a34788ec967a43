package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a score asks for at a time, in a corpus that is never held in memory. */
class LargeCorpusTest {

    private static final HookName HOOK = HookName.residual(1);
    private static final int WIDTH = 16;
    private static final List<String> WORDS = List.of("aa", "bb", "cc", "dd", "ee");

    @Test
    void readsNoMoreAtATimeFromATenTimesLargerCorpus() {
        int small = mostRowsAtATime(10_000);
        int large = mostRowsAtATime(100_000);
        assertThat(large).isEqualTo(small).isLessThan(10_000);
    }

    private static int mostRowsAtATime(int texts) {
        Corpus corpus = new Corpus(texts, new AtomicInteger());
        FakeContext context = new FakeContext(1, new FakeTokenizer(WORDS), 1 << 20);
        Words words = Words.of(corpus.rows(), context.tokenizer());
        List<WordSample> samples = WordSampling.of(
                        corpus.rows(), words, Optional.of(WORDS), new Rarefaction(10, 5, 20), context)
                .scored();
        PolysemyMeasurement layer = new PolysemyMeasurement(corpus, HOOK, words, context);
        assertThat(layer.neighbours(samples, 10, 0).sets()).hasSize(WORDS.size());
        assertThat(layer.self(samples, new Normalisation.ZScore())).hasSize(WORDS.size());
        assertThat(layer.dispersion(samples)).hasSize(WORDS.size());
        assertThat(layer.selfInText(samples)).hasSize(WORDS.size());
        return corpus.most().get();
    }

    /** Texts of one word each whose vectors follow from their number. */
    private record Corpus(int texts, AtomicInteger most) implements Activations {

        @Override
        public TokenRows rows() {
            return new OneWordEach(texts);
        }

        @Override
        public int width(HookName hook) {
            return WIDTH;
        }

        @Override
        public INDArray block(HookName hook, int first, int count) {
            throw new UnsupportedOperationException("the score reads chosen rows");
        }

        @Override
        public float[] gather(HookName hook, int[] chosen) {
            most.accumulateAndGet(chosen.length, Math::max);
            float[] values = new float[chosen.length * WIDTH];
            for (int i = 0; i < values.length; i++) {
                int seed = (chosen[i / WIDTH] * WIDTH + i % WIDTH) * 0x9E3779B9;
                values[i] = (seed >>> 8) / (float) (1 << 24);
            }
            return values;
        }
    }

    private record OneWordEach(int count) implements TokenRows {

        @Override
        public int examples() {
            return count;
        }

        @Override
        public int example(int row) {
            return row;
        }

        @Override
        public int position(int row) {
            return 0;
        }

        @Override
        public int tokenId(int row) {
            return row % WORDS.size();
        }

        @Override
        public int start(int row) {
            return 0;
        }

        @Override
        public int end(int row) {
            return 2;
        }

        @Override
        public boolean wholeWord(int row) {
            return true;
        }

        @Override
        public int firstRow(int example) {
            return example;
        }

        @Override
        public String text(int example) {
            return WORDS.get(tokenId(example));
        }

        @Override
        public String exampleId(int example) {
            return Integer.toString(example);
        }

        @Override
        public int cut() {
            return 0;
        }
    }
}
