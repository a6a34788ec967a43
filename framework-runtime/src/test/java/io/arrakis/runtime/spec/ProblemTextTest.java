package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

    private static Problem error(SourceLocation place) {
        return Problem.error(ErrorCode.SPEC_UNKNOWN_KEY, place, "what", "mend");
    }

    @Test
    void putsCaretsBelowTheLine() {
        SourceLocation place = new SourceLocation("a.yaml", 11, 7, 12, "      k_neighbours: 50");

        assertThat(ProblemText.of(error(place))).isEqualTo("""
                        a.yaml:11:7: error SPEC-UNKNOWN-KEY: what; mend
                           11 |       k_neighbours: 50
                              |       ^^^^^^^^^^^^""");
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        SourceLocation place = new SourceLocation("a.yaml", 1, 4, 1, "\uD83D\uDE00: x");

        assertThat(ProblemText.of(error(place))).endsWith("    1 | \uD83D\uDE00: x\n      |    ^");
    }

    @Test
    void showsAPartOfALongLine() {
        SourceLocation place = new SourceLocation("a.yaml", 1, 301, 5, "x".repeat(300) + "wrong" + "y".repeat(300));

        assertThat(ProblemText.of(error(place)).lines().skip(1))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(180));
        assertThat(ProblemText.of(error(place))).contains("wrong").endsWith("^^^^^");
    }

    @Test
    void showsNoLineWhereThereIsNone() {
        assertThat(ProblemText.of(error(SourceLocation.of("--set seed"))))
                .isEqualTo("--set seed: error SPEC-UNKNOWN-KEY: what; mend");
    }

    @Test
    void counts() {
        Problem error = error(SourceLocation.of("a"));
        Problem warning = Problem.warning(ErrorCode.SPEC_UNUSED, SourceLocation.of("a"), "what", "");

        assertThat(ProblemText.count(List.of(error))).isEqualTo("1 error");
        assertThat(ProblemText.count(List.of(error, error, warning))).isEqualTo("2 errors and 1 warning");
        assertThat(ProblemText.count(List.of(warning, warning))).isEqualTo("2 warnings");
    }
}
