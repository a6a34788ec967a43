package io.arrakis.data.wordnet;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.data.wordnet.WordNetSource.Params;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Parameters that are put together option by option, and the data set that they open. */
final class Open {

    private final What what;
    private Optional<List<PartOfSpeech>> partsOfSpeech = Optional.empty();
    private Optional<List<String>> words = Optional.empty();
    private Optional<Integer> perWord = Optional.empty();
    private Optional<Integer> half = Optional.empty();
    private Optional<List<WordClass>> classes = Optional.empty();
    private Optional<Boolean> label = Optional.empty();
    private Optional<ClassText> text = Optional.empty();
    private Optional<List<Relation>> relations = Optional.empty();
    private Optional<Integer> sample = Optional.empty();
    private Optional<Long> seed = Optional.empty();

    private Open(What what) {
        this.what = what;
    }

    static Open of(What what) {
        return new Open(what);
    }

    Open partsOfSpeech(PartOfSpeech... given) {
        partsOfSpeech = Optional.of(List.of(given));
        return this;
    }

    Open words(String... given) {
        words = Optional.of(List.of(given));
        return this;
    }

    Open perWord(int given) {
        perWord = Optional.of(given);
        return this;
    }

    Open half(int given) {
        half = Optional.of(given);
        return this;
    }

    Open classes(WordClass... given) {
        classes = Optional.of(List.of(given));
        return this;
    }

    Open label(boolean given) {
        label = Optional.of(given);
        return this;
    }

    Open text(ClassText given) {
        text = Optional.of(given);
        return this;
    }

    Open relations(Relation... given) {
        relations = Optional.of(List.of(given));
        return this;
    }

    Open sample(int given) {
        sample = Optional.of(given);
        return this;
    }

    Open seed(long given) {
        seed = Optional.of(given);
        return this;
    }

    Params params() {
        return new Params(what, partsOfSpeech, words, perWord, half, classes, label, text, relations, sample, seed);
    }

    Dataset dataset() {
        return new WordNetSource().open(params(), new DataContext("contexts", 7));
    }

    List<Example> rows() {
        return StreamSupport.stream(dataset().spliterator(), false).toList();
    }
}
