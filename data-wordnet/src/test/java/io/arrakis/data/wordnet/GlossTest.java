package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlossTest {

    @Test
    void splitsDefinitionAndExamples() {
        Gloss gloss = Gloss.parse("having the means to do something; \"able to swim\"; \"she was able to pay\"  ");

        assertThat(gloss.definition()).isEqualTo("having the means to do something");
        assertThat(gloss.examples()).containsExactly("able to swim", "she was able to pay");
    }

    @Test
    void keepsDefinitionWithoutExamplesWhole() {
        assertThat(Gloss.parse("a cat; and a dog  ")).isEqualTo(new Gloss("a cat; and a dog", List.of()));
    }

    @Test
    void takesQuotationInsideDefinitionForPartOfIt() {
        Gloss gloss = Gloss.parse("promise of reward as in \"carrot and stick\"; \"used the carrot\"");

        assertThat(gloss.definition()).isEqualTo("promise of reward as in \"carrot and stick\"");
        assertThat(gloss.examples()).containsExactly("used the carrot");
    }

    @Test
    void needsMarkBeforeFirstExample() {
        assertThat(Gloss.parse("woven of worsted yarns \"he wore a worsted suit\"")
                        .examples())
                .isEmpty();
    }

    @Test
    void takesEveryMarkThatTheLexicographersUsed() {
        for (String mark : List.of("; ", ", ", ": ", ". ", ";", ":  ")) {
            assertThat(Gloss.parse("text" + mark + "\"one two\"").examples())
                    .as("after '%s'", mark)
                    .containsExactly("one two");
        }
    }

    @Test
    void takesExampleAfterExampleWhateverStandsBetween() {
        assertThat(Gloss.parse("x; \"one\" or \"two\" - A. Poet; \"three \"").examples())
                .containsExactly("one", "two", "three");
    }
}
