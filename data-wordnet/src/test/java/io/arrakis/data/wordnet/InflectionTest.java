package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InflectionTest {

    private final Inflection inflection = new Inflection(WordNet.open());

    @ParameterizedTest
    @CsvSource({
        "accused, accuse", // a verb's ending, with its e
        "banks, bank", // a plural
        "ate, eat", // irregular
        "men, man",
        "glasses, glass",
        "boxes, box",
        "parties, party",
        "acting, act",
        "making, make",
        "planned, plan", // a doubled consonant
        "running, run",
        "older, old",
        "finest, fine",
        "bigger, big",
        "better, good",
        "sooner, soon", // an adverb
        "odds, od", // a doubled consonant before the s of a plural
        "collier, colly", // irregular, of a word that WordNet does not have
    })
    void findsBase(String form, String base) {
        assertThat(inflection.baseOf(form)).contains(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bank",
                "run",
                "light",
                "bed",
                "vest",
                "red",
                "shed",
                "king",
                "thing",
                "bus",
                "series",
                "news",
                "analysis",
                "interest",
                "player",
                "class",
                "morning",
                "dangerous",
                "need",
                "letter"
            })
    void leavesLemmasAlone(String lemma) {
        assertThat(inflection.baseOf(lemma)).isEmpty();
    }

    @Test
    void errsOnTheSideOfLeavingOut() {
        assertThat(inflection.baseOf("gas")).contains("ga");
        assertThat(inflection.baseOf("offer")).contains("off");
    }
}
