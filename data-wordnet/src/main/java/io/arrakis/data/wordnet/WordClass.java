package io.arrakis.data.wordnet;

import java.util.Locale;
import java.util.Optional;

/**
 * A class of nouns: all that is a kind or an instance of what a word means.
 *
 * <p>The meaning is the first sense of the word as a noun, or where a lexicographer file is named, the first in that file: a
 * plant is a living thing here, not a factory.
 */
public enum WordClass {
    ANIMAL("noun.Tops"),
    BIRD,
    MAMMAL,
    FISH,
    INSECT,
    DOG("noun.animal"),
    PERSON("noun.Tops"),
    SCIENTIST,
    RELATIVE,
    LEADER("noun.person"),
    FOOD("noun.Tops"),
    BEVERAGE("noun.food"),
    LOCATION("noun.Tops"),
    CITY,
    COUNTRY("noun.location"),
    BODY_PART("noun.body"),
    EMOTION("noun.feeling"),
    VEHICLE("noun.artifact"),
    PLANT("noun.Tops"),
    TREE("noun.plant"),
    DISEASE("noun.state"),
    CLOTHING,
    MUSICAL_INSTRUMENT,
    WEAPON,
    BUILDING("noun.artifact"),
    COLOR("noun.attribute"),
    TIME_PERIOD("noun.time"),
    MONETARY_UNIT("noun.quantity"),
    SPORT("noun.act"),
    LANGUAGE("noun.communication"),
    CHEMICAL_ELEMENT("noun.substance"),
    CONTAINER,
    FURNITURE("noun.artifact");

    private final Optional<String> lexicographerFile;

    WordClass() {
        this.lexicographerFile = Optional.empty();
    }

    WordClass(String lexicographerFile) {
        this.lexicographerFile = Optional.of(lexicographerFile);
    }

    /** Returns its name in an experiment, which is the lemma of its word. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the synset that its members are under. */
    SynsetId root(WordNet wordNet) {
        return wordNet.senses(PartOfSpeech.NOUN, id()).stream()
                .filter(sense -> lexicographerFile.isEmpty() || isWrittenIn(wordNet.synset(sense)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("WordNet has no sense of the class " + id()));
    }

    private boolean isWrittenIn(Synset synset) {
        return LexicographerFiles.name(synset.lexicographerFile()).equals(lexicographerFile.orElseThrow());
    }
}
