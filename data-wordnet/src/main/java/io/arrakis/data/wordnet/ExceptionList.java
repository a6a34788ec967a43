package io.arrakis.data.wordnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The irregular forms of a part of speech, such as {@code ate eat}. */
final class ExceptionList {

    private ExceptionList() {}

    /** Reads the list: the base forms by the inflected form. */
    static Map<String, List<String>> read(PartOfSpeech pos) {
        DictionaryFile file = DictionaryFile.read(pos.file() + ".exc");
        Map<String, List<String>> bases = new HashMap<>();
        file.forEachLine(start -> {
            String[] words = file.line(start).strip().split(" +");
            List<String> of = bases.computeIfAbsent(words[0], form -> new ArrayList<>());
            of.addAll(List.of(words).subList(1, words.length));
        });
        return bases;
    }
}
