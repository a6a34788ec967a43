package io.arrakis.data.wordnet;

import java.util.Optional;

/** The pointers between synsets that the data sets read; WordNet has more. */
enum PointerType {
    /** Between two words that mean opposites. */
    ANTONYM("!"),
    /** From a synset to the one that it is a kind of. */
    HYPERNYM("@"),
    /** From a synset to one of its kinds. */
    HYPONYM("~"),
    /** From a synset to one of its instances, a name. */
    INSTANCE_HYPONYM("~i"),
    /** From a whole to one of its members. */
    MEMBER_MERONYM("%m"),
    /** From a whole to what it is made of. */
    SUBSTANCE_MERONYM("%s"),
    /** From a whole to one of its parts. */
    PART_MERONYM("%p"),
    /** Between two words of which one is derived from the other. */
    DERIVATION("+");

    private final String symbol;

    PointerType(String symbol) {
        this.symbol = symbol;
    }

    /** Returns the type that the data files write in this way, or nothing where no data set reads it. */
    static Optional<PointerType> ofSymbol(String symbol) {
        for (PointerType type : values()) {
            if (type.symbol.equals(symbol)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
