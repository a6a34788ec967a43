package io.arrakis.tools.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Scores of patterns that are written out. */
class PatternScoresTest {

    private static final int[] TOKENS = {7, 8, 9, 7, 8, 9};

    private static AttentionPattern onto(int... keys) {
        float[] values = new float[keys.length * keys.length];
        for (int query = 0; query < keys.length; query++) {
            values[query * keys.length + keys[query]] = 1;
        }
        return new AttentionPattern(values, 0, keys.length);
    }

    @Test
    void eachScoreIsOneForItsHeadAndZeroForOthers() {
        PatternScores scores = new PatternScores(TOKENS, true);
        AttentionPattern previous = onto(0, 0, 1, 2, 3, 4);
        AttentionPattern duplicate = onto(0, 1, 2, 0, 1, 2);
        AttentionPattern induction = onto(0, 0, 0, 1, 2, 3);
        AttentionPattern first = onto(0, 0, 0, 0, 0, 0);
        assertThat(scores.previousToken(previous)).isEqualTo(1);
        assertThat(scores.previousToken(duplicate)).isZero();
        assertThat(scores.duplicateToken(duplicate)).isEqualTo(1);
        assertThat(scores.duplicateToken(induction)).isZero();
        assertThat(scores.induction(induction, 0, 3)).isEqualTo(1);
        assertThat(scores.induction(duplicate, 0, 3)).isZero();
        assertThat(scores.firstToken(first)).isEqualTo(1);
        assertThat(scores.elsewhere(induction, 0, 3)).isZero();
        assertThat(scores.elsewhere(onto(0, 0, 0, 2, 0, 0), 0, 3)).isCloseTo(3.0 / 4, within(1e-12));
    }

    @Test
    void anEncoderSeesTheSameTokenLaterToo() {
        AttentionPattern later = onto(3, 4, 5, 3, 4, 5);
        assertThat(new PatternScores(TOKENS, false).duplicateToken(later)).isEqualTo(0.5);
        assertThat(new PatternScores(TOKENS, true).duplicateToken(later)).isZero();
    }

    @Test
    void noDuplicateIsNotAScoreOfZero() {
        assertThat(new PatternScores(new int[] {1, 2, 3}, true).duplicateToken(onto(0, 0, 0)))
                .isNaN();
    }

    @Test
    void attentionWithoutPreferenceSumsToOneOverWhatIsSeen() {
        AttentionPattern uniform = AttentionPattern.uniform(4, true);
        assertThat(uniform.at(3, 0)).isEqualTo(0.25);
        assertThat(uniform.at(1, 2)).isZero();
        assertThat(AttentionPattern.uniform(4, false).at(1, 2)).isEqualTo(0.25);
    }
}
