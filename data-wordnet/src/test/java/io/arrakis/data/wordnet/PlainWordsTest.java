package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainWordsTest {

    private final PlainWords plainWords = new PlainWords(WordNet.open());

    /** 9,720 is the recipe's number of words; the other was counted by a separate program in another language. */
    @Test
    void leavesTheNumberOfSingleTokenWords() {
        Set<String> tokens = MiniLmWords.read();
        List<String> all = plainWords.all();

        assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(58_493);
        assertThat(all.stream().filter(tokens::contains)).hasSize(9_720);
    }

    @Test
    void saysTheSameOfAWordAloneAsOfAll() {
        List<String> all = plainWords.all();
        List<String> mixed = List.of("bank", "banks", "a", "in", "above", "paris", "xyzzy", "ice_cream", "zebra");

        assertThat(plainWords.among(mixed)).containsExactly("bank", "zebra");
        assertThat(mixed.stream().filter(all::contains)).containsExactly("bank", "zebra");
        assertThat(plainWords.among(all)).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "ox, is not of three or more letters a to z in lower case",
        "Bank, is not of three or more letters a to z in lower case",
        "ice_cream, is not of three or more letters a to z in lower case",
        "caf\u00e9, is not of three or more letters a to z in lower case",
        "above, is a stop word",
        "xyzzy, is not in WordNet",
        "accused, counts as a form of 'accuse'",
        "paris, has only senses that are names",
    })
    void saysWhyAWordIsLeftOut(String word, String objection) {
        assertThat(plainWords.objection(word)).isEqualTo(Optional.of(objection));
    }

    @Test
    void hasNoObjectionToAPlainWord() {
        assertThat(plainWords.objection("bank")).isEmpty();
    }
}
