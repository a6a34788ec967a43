package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;

/**
 * Some texts of a capture.
 *
 * @param activations one row a text
 * @param rows        the chosen rows
 */
record TextSide(Activations activations, int[] rows) {

    static TextSide all(Activations activations) {
        return new TextSide(activations, RowRange.of(0, activations.rows().count()));
    }

    String id(int place) {
        return activations.rows().exampleId(activations.rows().example(rows[place]));
    }

    String text(int place) {
        return activations.rows().text(activations.rows().example(rows[place]));
    }
}
