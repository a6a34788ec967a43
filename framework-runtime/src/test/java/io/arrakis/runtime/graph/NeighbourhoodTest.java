package io.arrakis.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.result.Graph;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

    /** a -> b -> c -> d, and x -> b; e is alone. */
    private static final Graph CHAIN = new Graph(
            Stream.of("a", "b", "c", "d", "e", "x")
                    .map(id -> new Graph.Node(id, id.toUpperCase(Locale.ROOT), Map.of()))
                    .toList(),
            List.of(edge("a", "b", 0.1), edge("b", "c", 0.5), edge("c", "d", 0.9), edge("x", "b", -0.7)));

    private static Graph.Edge edge(String from, String to, double weight) {
        return new Graph.Edge(from, to, "L0H0", weight, Map.of());
    }

    @Test
    void walksAlongEdgesInBothDirections() {
        assertThat(Neighbourhood.of(CHAIN, "C", 1).hops()).isEqualTo(Map.of("c", 0, "b", 1, "d", 1));
        assertThat(Neighbourhood.of(CHAIN, "C", 2).hops()).isEqualTo(Map.of("c", 0, "b", 1, "d", 1, "a", 2, "x", 2));
        assertThat(Neighbourhood.of(CHAIN, "C", 0).graph().edges()).isEmpty();
        assertThat(Neighbourhood.of(CHAIN, "e", 5).hops()).isEqualTo(Map.of("e", 0));
    }

    @Test
    void namesNearEdgesFirstAndStrongOnesAmongThem() {
        assertThat(Neighbourhood.of(CHAIN, "c", 2).steps())
                .extracting(
                        step -> step.hop() + step.edge().from() + step.edge().to())
                .containsExactly("1cd", "1bc", "2xb", "2ab");
    }

    @Test
    void countsEdgesOfNodes() {
        assertThat(Neighbourhood.busiest(CHAIN, 2))
                .extracting(busy -> busy.node().id() + busy.edges())
                .containsExactly("b3", "c2");
    }

    @Test
    void namesNearLabelsOfANodeThatIsNotThere() {
        assertThatThrownBy(() -> Neighbourhood.of(CHAIN, "BB", 1))
                .isInstanceOf(ArrakisException.class)
                .hasMessage("--ego: error TOOL-INPUT: no node is called 'BB'; did you mean B, A, C?");
    }
}
