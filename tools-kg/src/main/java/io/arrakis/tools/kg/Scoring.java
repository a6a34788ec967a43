package io.arrakis.tools.kg;

/** A way to score pairs that is learnt from pairs. */
interface Scoring {

    /** Returns scores of the pairs that are tried within the selection half, learnt from those that teach there. */
    double[] nested(Detection detection);

    /** Returns scores of the held-out pairs, learnt from the whole selection half. */
    double[] held(Detection detection);
}
