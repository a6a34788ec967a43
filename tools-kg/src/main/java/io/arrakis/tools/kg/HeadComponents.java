package io.arrakis.tools.kg;

import java.util.List;

/**
 * What the components of a head are to its related pairs.
 *
 * @param categories what each component relates
 * @param leading    for each of the pairs the component that adds most to its similarity
 */
record HeadComponents(List<ComponentCategory> categories, int[] leading) {

    /** Of a space that is no head's. */
    static final HeadComponents NONE = new HeadComponents(List.of(), new int[0]);

    /**
     * Divides a head.
     *
     * @param coordinates of the tokens, as they are
     * @param space       whose inner products are the similarities
     * @param found       the related pairs of it
     */
    static HeadComponents of(PairSpace coordinates, PairSpace space, PairSearch.Found found) {
        int[] leading =
                found.pairs().stream().mapToInt(pair -> leading(space, pair)).toArray();
        return new HeadComponents(ComponentCategory.of(coordinates, space, found), leading);
    }

    private static int leading(PairSpace space, PairSearch.Pair pair) {
        int best = 0;
        for (int k = 1; k < space.queries().columns(); k++) {
            best = space.part(pair.query(), pair.key(), k) > space.part(pair.query(), pair.key(), best) ? k : best;
        }
        return best;
    }
}
