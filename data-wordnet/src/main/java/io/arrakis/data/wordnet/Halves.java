package io.arrakis.data.wordnet;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Which of two halves a word or a synset belongs to: what is chosen (a layer, a head, a neuron) is chosen on half 0 and
 * reported on half 1.
 */
final class Halves {

    private Halves() {}

    /** Returns the lowest bit of the CRC-32 of the name in UTF-8. */
    static int of(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & 1);
    }
}
