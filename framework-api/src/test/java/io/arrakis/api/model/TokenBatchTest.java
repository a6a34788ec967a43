package io.arrakis.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenBatchTest {
    private static final boolean[][] ALL = {{true, true}};

    private static Encoding text(int... ids) {
        return new Encoding(
                ids,
                Collections.nCopies(ids.length, "x"),
                Collections.nCopies(ids.length, new Encoding.Span(0, 1)),
                new boolean[ids.length],
                new int[ids.length]);
    }

    @Test
    void fillsRowsUpOnTheRight() {
        TokenBatch batch = TokenBatch.rightPadded(List.of(text(5, 6, 7), text(8)), 9);
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.columns()).isEqualTo(3);
        assertThat(batch.length(0)).isEqualTo(3);
        assertThat(batch.length(1)).isEqualTo(1);
        assertThat(batch.id(1, 0)).isEqualTo(8);
        assertThat(batch.id(1, 2)).isEqualTo(9);
        assertThat(batch.real(1, 2)).isFalse();
        assertThat(batch.positions()).isEmpty();
    }

    @Test
    void copiesWhatItIsGiven() {
        int[][] ids = {{1, 2}};
        TokenBatch batch = TokenBatch.of(ids, ALL).withPositions(new int[][] {{3, 4}});
        ids[0][0] = 9;
        batch.positions().orElseThrow()[0][0] = 9;
        assertThat(batch.id(0, 0)).isEqualTo(1);
        assertThat(batch.positions().orElseThrow()[0]).containsExactly(3, 4);
    }

    @Test
    void refusesRowsThatDoNotFit() {
        assertThatThrownBy(() -> TokenBatch.of(new int[0][0], new boolean[0][0]))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> TokenBatch.of(new int[][] {{1, 2}, {3}}, new boolean[][] {{true, true}, {true, true}}))
                .hasMessageContaining("row 1 of the ids has 1 columns, not 2");
        assertThatThrownBy(() -> TokenBatch.of(new int[][] {{1, 2}}, new boolean[][] {{true}}))
                .hasMessageContaining("mask");
        assertThatThrownBy(() -> TokenBatch.of(new int[][] {{1, 2}}, new boolean[][] {{false, false}}))
                .hasMessageContaining("row 0 has no real token");
        assertThatThrownBy(() -> TokenBatch.of(new int[][] {{1, 2}}, ALL).withTypeIds(new int[2][2]))
                .hasMessageContaining("token types have 2 rows");
    }
}
