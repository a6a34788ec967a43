package io.arrakis.tools.prober;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.api.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The scatter of the words around the raw embedding of a word; see {@link StaticScatter}. */
final class EmbeddingScatter {

    /** Neighbours that are not spelled alike. */
    private static final int DISTINCT = 50;

    private final Tokenizer tokenizer;
    private final StaticScatter scatter;

    EmbeddingScatter(Tokenizer tokenizer, LinearAlgebra linearAlgebra, int k) {
        this.tokenizer = tokenizer;
        this.scatter = new StaticScatter(linearAlgebra, k);
    }

    /**
     * Scores words among all tokens that are words by themselves; where several tokens spell a word, by the first. A word that is
     * no token has the mean row of its tokens, and is no neighbour of others.
     *
     * @param words     the words
     * @param embedding {@code [d_vocab, d_model]}; closed
     * @return two scores a word: among all words, and among words that are not spelled alike
     */
    StaticScatter.Scores of(List<String> words, INDArray embedding) {
        Set<String> wanted = new HashSet<>(words);
        Map<String, Integer> placeOfWord = new HashMap<>();
        List<Integer> tokens = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int id = 0; id < Math.min(tokenizer.vocabularySize(), embedding.rows()); id++) {
            int token = id;
            Optional<String> word = tokenizer.word(id).or(() -> Optional.of(tokenizer.token(token))
                    .filter(wanted::contains));
            if (word.isPresent() && placeOfWord.putIfAbsent(word.get(), tokens.size()) == null) {
                tokens.add(id);
                names.add(word.get());
            }
        }
        int base = tokens.size();
        words.stream().filter(word -> !placeOfWord.containsKey(word)).forEach(word -> {
            placeOfWord.put(word, names.size());
            names.add(word);
        });
        int[] scored = words.stream().mapToInt(placeOfWord::get).toArray();
        try (embedding;
                INDArray rows = embedding.getRows(
                        tokens.stream().mapToInt(Integer::intValue).toArray())) {
            float[] values = rows.data().asFloat();
            float[] all = Arrays.copyOf(values, names.size() * embedding.columns());
            for (int place = base; place < names.size(); place++) {
                addMean(names.get(place), embedding, all, place * embedding.columns());
            }
            return scatter.of(
                    new StaticScatter.Space(all, embedding.columns(), base),
                    scored,
                    DISTINCT,
                    (a, b) -> SpelledAlike.test(names.get(a), names.get(b)));
        }
    }

    private void addMean(String word, INDArray embedding, float[] rows, int at) {
        int[] parts = tokenizer.encode(word, Tokenizer.SpecialTokens.NONE).ids();
        try (INDArray of = embedding.getRows(parts)) {
            float[] values = of.data().asFloat();
            for (int i = 0; i < values.length; i++) {
                rows[at + i % embedding.columns()] += values[i] / parts.length;
            }
        }
    }
}
