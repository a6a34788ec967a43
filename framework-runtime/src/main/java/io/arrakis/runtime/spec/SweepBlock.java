package io.arrakis.runtime.spec;

import io.arrakis.runtime.spec.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands behind {@code sweep:}.
 *
 * @param paths  what is varied, in the order of the file
 * @param points the values of each trial, by path
 */
record SweepBlock(List<SweepPath> paths, List<Map<SweepPath, Node>> points) {

    /** Copies the lists. */
    SweepBlock {
        paths = List.copyOf(paths);
        points = List.copyOf(points);
    }

    /** Returns every combination of one point of each factor; the last factor varies fastest. */
    static List<Map<SweepPath, Node>> product(List<List<Map<SweepPath, Node>>> factors) {
        List<Map<SweepPath, Node>> product = List.of(Map.of());
        for (List<Map<SweepPath, Node>> factor : factors) {
            List<Map<SweepPath, Node>> longer = new ArrayList<>(product.size() * factor.size());
            for (Map<SweepPath, Node> before : product) {
                for (Map<SweepPath, Node> point : factor) {
                    Map<SweepPath, Node> both = new LinkedHashMap<>(before);
                    both.putAll(point);
                    longer.add(both);
                }
            }
            product = longer;
        }
        return product;
    }
}
