package io.arrakis.tools.prober;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.Intervention;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts in batches of like length, which go through a changed model as often as it takes.
 *
 * <p>A sentence vector is the mean of the last residual layer over all tokens of the text, special tokens too.
 */
final class SentenceBatches {

    /** Texts that go through the model at a time. */
    static final int BATCH = 32;

    private final List<TokenBatch> batches = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private final List<Encoding> texts;

    /**
     * Reads texts.
     *
     * @param most texts are cut to so many tokens, special tokens counted
     */
    SentenceBatches(List<String> texts, Tokenizer tokenizer, int most) {
        this.texts = texts.stream()
                .map(text -> cut(tokenizer.encode(text, Tokenizer.SpecialTokens.ADD), most))
                .toList();
        List<Integer> byLength = IntStream.range(0, this.texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(text -> this.texts.get(text).size()))
                .toList();
        for (int first = 0; first < byLength.size(); first += BATCH) {
            List<Integer> batch = byLength.subList(first, Math.min(byLength.size(), first + BATCH));
            places.add(batch.stream().mapToInt(Integer::intValue).toArray());
            batches.add(
                    TokenBatch.rightPadded(batch.stream().map(this.texts::get).toList(), tokenizer.padId()));
        }
    }

    /** Leaves out tokens of the text's own at its end. */
    static Encoding cut(Encoding text, int most) {
        int own = (int) IntStream.range(0, text.size())
                .filter(token -> !text.special(token))
                .count();
        int kept = own - Math.max(0, text.size() - most);
        List<Integer> tokens = new ArrayList<>();
        for (int token = 0; token < text.size(); token++) {
            if (text.special(token) || kept-- > 0) {
                tokens.add(token);
            }
        }
        boolean[] special = new boolean[tokens.size()];
        for (int i = 0; i < special.length; i++) {
            special[i] = text.special(tokens.get(i));
        }
        return new Encoding(
                tokens.stream().mapToInt(text::id).toArray(),
                tokens.stream().map(text.tokens()::get).toList(),
                tokens.stream().map(text.spans()::get).toList(),
                special,
                tokens.stream().mapToInt(text::typeId).toArray());
    }

    /** Returns the tokens of a text, special tokens too. */
    Encoding text(int text) {
        return texts.get(text);
    }

    /** What of a text becomes its vector. */
    enum Pool {
        /** The mean over all tokens, special tokens too. */
        MEAN,
        /** The last token of the text's own. */
        LAST
    }

    /** Returns a vector a text from the changed model, in the order of the texts. */
    float[] vectors(HookedModel model, HookName hook, Pool pool, List<Intervention> changes) {
        int width = model.description().architecture().dims().dModel();
        float[] vectors = new float[Math.multiplyExact(texts.size(), width)];
        run(model, hook, changes, (text, length, tokens, at) -> {
            int first = pool == Pool.LAST ? lastOwn(text) : 0;
            int end = pool == Pool.LAST ? first + 1 : length;
            for (int pos = first; pos < end; pos++) {
                for (int i = 0; i < width; i++) {
                    vectors[text * width + i] += tokens[at + pos * width + i] / (end - first);
                }
            }
        });
        return vectors;
    }

    private int lastOwn(int text) {
        Encoding of = texts.get(text);
        return IntStream.range(0, of.size())
                .filter(token -> !of.special(token))
                .max()
                .orElseThrow();
    }

    /** Returns the responses of a neuron at each token of each text. */
    List<float[]> responses(HookedModel model, Neuron neuron) {
        int width = model.description().architecture().dims().dMlp();
        float[][] responses = new float[texts.size()][];
        run(model, Neuron.hook(neuron.layer()), List.of(), (text, length, tokens, at) -> {
            responses[text] = new float[length];
            for (int pos = 0; pos < length; pos++) {
                responses[text][pos] = tokens[at + pos * width + neuron.neuron()];
            }
        });
        return List.of(responses);
    }

    /** Takes the rows of one text: {@code length} of them, from {@code at} on. */
    private interface TextRows {
        void accept(int text, int length, float[] tokens, int at);
    }

    private static void requireFinite(float[] tokens, HookName hook) {
        for (float value : tokens) {
            if (!Float.isFinite(value)) {
                throw new ArrakisException(
                        ErrorCode.NOT_FINITE,
                        hook.toString(),
                        "the changed model gives " + value,
                        "move neurons less far, with smaller doses, or check the weights of the model");
            }
        }
    }

    private void run(HookedModel model, HookName hook, List<Intervention> changes, TextRows rows) {
        for (int i = 0; i < batches.size(); i++) {
            TokenBatch batch = batches.get(i);
            try (Capture capture = model.run(batch, ForwardRequest.keep(hook).with(changes))) {
                float[] tokens = capture.toArray(hook);
                requireFinite(tokens, hook);
                int size = tokens.length / batch.rows();
                for (int row = 0; row < batch.rows(); row++) {
                    rows.accept(places.get(i)[row], batch.length(row), tokens, row * size);
                }
            }
        }
    }
}
