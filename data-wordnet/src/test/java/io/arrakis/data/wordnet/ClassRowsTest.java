package io.arrakis.data.wordnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.stats.SeededRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClassRowsTest {

    private static final int MOST_A_HALF = 300;

    private final WordNet wordNet = WordNet.open();

    /** Root, members, and positives of which definition or lemma is the text: counts of a separate program. */
    @ParameterizedTest
    @CsvSource({
        "ANIMAL, n00015568, 4016, 3873, 3395",
        "BIRD, n01505702, 871, 640, 558",
        "MAMMAL, n01864419, 1181, 1083, 852",
        "FISH, n02514684, 617, 282, 240",
        "INSECT, n02162607, 454, 338, 296",
        "DOG, n02086723, 189, 105, 51",
        "PERSON, n00007846, 10286, 7741, 3349",
        "SCIENTIST, n10580065, 627, 598, 95",
        "RELATIVE, n10255246, 189, 183, 157",
        "LEADER, n09646208, 787, 675, 322",
        "FOOD, n00021445, 1526, 1430, 1264",
        "BEVERAGE, n07897775, 339, 270, 203",
        "LOCATION, n00027365, 3377, 3335, 1194",
        "CITY, n08542298, 918, 160, 0",
        "COUNTRY, n08562388, 229, 150, 0",
        "BODY_PART, n05227735, 1793, 1773, 1759",
        "EMOTION, n07495208, 131, 120, 120",
        "VEHICLE, n04531608, 527, 455, 438",
        "PLANT, n00017402, 4487, 3635, 3178",
        "TREE, n13124818, 1014, 372, 306",
        "DISEASE, n14093842, 605, 349, 326",
        "CLOTHING, n03055525, 563, 509, 494",
        "MUSICAL_INSTRUMENT, n03806455, 168, 84, 77",
        "WEAPON, n04572661, 193, 165, 132",
        "BUILDING, n02916498, 297, 211, 187",
        "COLOR, n04963771, 138, 48, 47",
        "TIME_PERIOD, n15137796, 681, 528, 300",
        "MONETARY_UNIT, n13625961, 389, 243, 197",
        "SPORT, n00524569, 175, 142, 139",
        "LANGUAGE, n06293304, 763, 133, 59",
        "CHEMICAL_ELEMENT, n14647071, 199, 76, 73",
        "CONTAINER, n03099154, 748, 682, 670",
        "FURNITURE, n03410635, 198, 172, 163",
    })
    void findsAllMembers(WordClass wordClass, String root, int members, int definitions, int lemmas) {
        ClassMembers found = ClassMembers.of(wordClass, wordNet);

        assertThat(found.root().id()).hasToString(root);
        assertThat(found.members()).hasSize(members);
        assertPositives(wordClass, ClassText.DEFINITION, definitions);
        assertPositives(wordClass, ClassText.LEMMA, lemmas);
    }

    @Test
    void knowsWhatIsWhat() {
        assertThat(isMember("penguin", WordClass.BIRD)).isTrue();
        assertThat(isMember("poodle", WordClass.DOG)).isTrue();
        assertThat(isMember("poodle", WordClass.MAMMAL)).isTrue();
        assertThat(isMember("poodle", WordClass.ANIMAL)).isTrue();
        assertThat(isMember("oxygen", WordClass.CHEMICAL_ELEMENT)).isTrue();
        assertThat(isMember("paris", WordClass.CITY)).isTrue();
        assertThat(isMember("whale", WordClass.FISH)).isFalse();
        assertThat(isMember("bat", WordClass.BIRD)).isFalse();
        assertThat(isMember("banana", WordClass.ANIMAL)).isFalse();
        assertThat(isMember("dog", WordClass.DOG)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void givesTwoNegativesAPositiveInEachHalf(ClassText text) {
        List<Example> rows = Open.of(What.CLASSES).text(text).rows();

        for (WordClass wordClass : WordClass.values()) {
            for (long half = 0; half <= 1; half++) {
                assertThat(count(rows, wordClass, half, false))
                        .as("%s, half %d", wordClass, half)
                        .isEqualTo(2 * count(rows, wordClass, half, true));
            }
        }
        assertThat(rows.stream().map(Example::id)).doesNotHaveDuplicates();
    }

    @Test
    void takesNegativesFromOutsideAndKeepsPositivesFromNamingTheirClass() {
        for (WordClass wordClass : WordClass.values()) {
            ClassMembers members = ClassMembers.of(wordClass, wordNet);
            for (Example row : Open.of(What.CLASSES).classes(wordClass).rows()) {
                SynsetId noun = new SynsetId(
                        PartOfSpeech.NOUN,
                        Integer.parseInt(row.text("synset").orElseThrow().substring(1)));
                boolean label = row.fields().get("label").equals(true);
                assertThat(members.contains(noun)).as(row.id()).isEqualTo(label);
                assertThat(label && members.isNamedIn(row.text())).as(row.id()).isFalse();
            }
        }
    }

    @Test
    void findsTheClassNamedInAnyForm() {
        ClassMembers city = ClassMembers.of(WordClass.CITY, wordNet);

        assertThat(List.of("a City in Ohio", "two cities", "the metropolis", "an urban center"))
                .allMatch(city::isNamedIn);
        assertThat(List.of("lack of capacity", "electricity", "a town")).noneMatch(city::isNamedIn);
    }

    @Test
    void leavesCityAndCountryWithoutLemmas() {
        Dataset dataset = Open.of(What.CLASSES).text(ClassText.LEMMA).dataset();
        Set<Object> classes =
                rowsOf(dataset).stream().map(row -> row.fields().get("class")).collect(Collectors.toSet());

        assertThat(classes).hasSize(31).doesNotContain("city", "country");
        assertThat(dataset.warnings()).hasSize(2);
        assertThat(dataset).allMatch(row -> row.text().equals(row.text().toLowerCase(Locale.ROOT)));
        assertThat(dataset).anyMatch(row -> row.text().contains(" "));
    }

    @Test
    void drawsTheSameForAClassAloneAndForAPart() {
        List<Example> all = Open.of(What.CLASSES).rows();
        List<Example> part = Open.of(What.CLASSES)
                .classes(WordClass.BIRD)
                .half(1)
                .label(false)
                .rows();

        assertThat(part)
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(row -> row.fields().get("class").equals("bird"))
                        .filter(row -> row.fields().get("half").equals(1L))
                        .filter(row -> row.fields().get("label").equals(false))
                        .toList());
    }

    @Test
    void drawsOthersWithAnotherSeed() {
        Open open = Open.of(What.CLASSES).classes(WordClass.COLOR);

        assertThat(open.seed(1).rows())
                .isEqualTo(open.seed(1).rows())
                .isNotEqualTo(open.seed(2).rows());
    }

    /** All that fit are taken, unless a half has more than are drawn; a half holds between 40 and 60 percent of them. */
    private static void assertPositives(WordClass wordClass, ClassText text, int fit) {
        long first = positives(wordClass, text, 0);
        long second = positives(wordClass, text, 1);
        if (first < MOST_A_HALF && second < MOST_A_HALF) {
            assertThat(first + second).isEqualTo(fit);
        } else {
            assertThat(Math.max(first, second)).isEqualTo(MOST_A_HALF);
            assertThat(Math.min(first, second))
                    .isBetween(Math.min(MOST_A_HALF, (long) (0.4 * fit)), (long) MOST_A_HALF);
        }
    }

    private static long positives(WordClass wordClass, ClassText text, int half) {
        return new ClassRows(WordNet.open(), text, SeededRandom.of(1))
                .of(List.of(wordClass), Optional.of(half), Optional.of(true))
                .size();
    }

    private static long count(List<Example> rows, WordClass wordClass, long half, boolean label) {
        return rows.stream()
                .map(Example::fields)
                .filter(fields -> fields.get("class").equals(wordClass.id()))
                .filter(fields ->
                        fields.get("half").equals(half) && fields.get("label").equals(label))
                .count();
    }

    private boolean isMember(String word, WordClass wordClass) {
        return ClassMembers.of(wordClass, wordNet)
                .members()
                .contains(wordNet.senses(PartOfSpeech.NOUN, word).get(0));
    }

    private static List<Example> rowsOf(Dataset dataset) {
        return StreamSupport.stream(dataset.spliterator(), false).toList();
    }
}
