package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.stats.Halves;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Every word of a list that the model has as one token, as each block reads it where it is the whole text.
 *
 * @param activations the capture
 * @param places      of the words, from 0
 * @param rows        the row of each word
 * @param senses      parts of speech of each word, where the data set says them in fields such as has_noun
 */
record WordVectors(Activations activations, Map<String, Integer> places, int[] rows, Map<String, Set<String>> senses) {

    private static final String CAPTURE = "words";
    private static final String HAS = "has_";

    /** Asks for all words of the vocabulary: those that are wanted are among them. */
    static CaptureRequest request(Tokenizer tokenizer, Architecture architecture) {
        List<String> words = IntStream.range(0, tokenizer.vocabularySize())
                .mapToObj(tokenizer::word)
                .flatMap(Optional::stream)
                .distinct()
                .filter(word -> tokenizer.encode(word, SpecialTokens.NONE).size() == 1)
                .toList();
        List<HookName> hooks = IntStream.range(0, architecture.dims().nLayers())
                .mapToObj(block -> HookName.of(HookPoint.RESID_PRE, block))
                .toList();
        return CaptureRequest.of(CAPTURE, new TextSource.Texts(words), Rows.EACH, hooks);
    }

    /** Keeps those that a data set names. */
    static WordVectors read(Activations activations, Dataset words) {
        Map<String, Set<String>> wanted = new HashMap<>();
        for (Example word : words) {
            wanted.put(word.text(), partsOfSpeech(word));
        }
        TokenRows rows = activations.rows();
        Map<String, Integer> rowOf = new LinkedHashMap<>();
        for (int example = 0; example < rows.examples(); example++) {
            if (wanted.containsKey(rows.text(example))) {
                rowOf.put(rows.text(example), rows.firstRow(example));
            }
        }
        Map<String, Integer> places = new HashMap<>();
        rowOf.keySet().forEach(word -> places.put(word, places.size()));
        return new WordVectors(
                activations,
                places,
                rowOf.values().stream().mapToInt(Integer::intValue).toArray(),
                wanted);
    }

    private static Set<String> partsOfSpeech(Example word) {
        Set<String> found = new HashSet<>();
        word.fields().forEach((field, value) -> {
            if (field.startsWith(HAS) && Boolean.parseBoolean(value.toString())) {
                found.add(field.substring(HAS.length()));
            }
        });
        return found;
    }

    /** Returns whether a word can stand in a part of speech; true where nothing is known of it. */
    boolean canBe(String word, String partOfSpeech) {
        Set<String> known = senses.get(word);
        return known.isEmpty() || partOfSpeech.isEmpty() || known.contains(partOfSpeech);
    }

    /** Returns the places of all words of the half of a pair that have the part of speech of its second word. */
    int[] like(WordPair pair) {
        String partOfSpeech = pair.stratum().substring(pair.stratum().lastIndexOf(' ') + 1);
        return places.entrySet().stream()
                .filter(word -> Halves.of(word.getKey()) == pair.half() && canBe(word.getKey(), partOfSpeech))
                .mapToInt(Map.Entry::getValue)
                .sorted()
                .toArray();
    }

    /** Returns how rare a word is, as the logarithm of its token: vocabularies list frequent ones first. */
    double rarity(int place) {
        return Math.log(1.0 + activations.rows().tokenId(rows[place]));
    }

    static Activations capture(Inputs inputs) {
        return inputs.activations(CAPTURE);
    }

    /** Returns what a block reads of each word, {@code [word, d_model]}. */
    HeapMatrix stream(int block) {
        return HeapMatrix.captured(activations, HookName.of(HookPoint.RESID_PRE, block), rows);
    }
}
