package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A capture of tokens read as a capture of words: tokens that spell one word together are one row.
 *
 * <p>Nothing is copied but where each row begins. A word that text was cut in is left as its tokens.
 */
final class JoinedWords implements Activations {

    private final Activations tokens;
    private final SeveralTokens several;
    private final JoinedRows rows;

    private JoinedWords(Activations tokens, SeveralTokens several, JoinedRows rows) {
        this.tokens = tokens;
        this.several = several;
        this.rows = rows;
    }

    /** Joins the tokens of words, or returns the capture as it is where they are to be left out. */
    static Activations of(Activations tokens, SeveralTokens several, Tokenizer tokenizer) {
        return several == SeveralTokens.SKIP
                ? tokens
                : new JoinedWords(tokens, several, JoinedRows.of(tokens.rows(), tokenizer));
    }

    /** Returns the words that tokens of a capture spell together; empty where they were not joined. */
    static List<String> joined(Activations activations) {
        return activations instanceof JoinedWords words ? words.rows.joined() : List.of();
    }

    @Override
    public TokenRows rows() {
        return rows;
    }

    @Override
    public int width(HookName hook) {
        return tokens.width(hook);
    }

    @Override
    public INDArray block(HookName hook, int first, int count) {
        return Nd4j.createFromArray(gather(hook, RowRange.of(first, first + count)))
                .reshape('c', count, width(hook));
    }

    @Override
    public float[] gather(HookName hook, int[] chosen) {
        int[] starts = Arrays.stream(chosen).map(rows::firstToken).toArray();
        float[] vectors = tokens.gather(hook, starts);
        if (several == SeveralTokens.MEAN) {
            for (int i = 0; i < chosen.length; i++) {
                if (rows.length(chosen[i]) > 1) {
                    average(hook, chosen[i], vectors, i * width(hook));
                }
            }
        }
        return vectors;
    }

    private void average(HookName hook, int row, float[] vectors, int at) {
        int first = rows.firstToken(row);
        int length = rows.length(row);
        int width = width(hook);
        float[] parts = tokens.gather(hook, RowRange.of(first, first + length));
        for (int i = 0; i < width; i++) {
            double sum = 0;
            for (int part = 0; part < length; part++) {
                sum += parts[part * width + i];
            }
            vectors[at + i] = (float) (sum / length);
        }
    }
}
