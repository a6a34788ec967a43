package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Splits units into halves by their names, so that a unit is in the same half in every run, layer, model and language.
 *
 * <p>A unit is in half {@code crc32(utf8(name)) & 1}: 0 is {@link Half#SELECTION}, 1 is {@link Half#REPORT}. The halves are only
 * about equal in size.
 */
@Stable
public final class Halves {

    private Halves() {}

    /** Returns the half of a name, such as a word, or a part-of-speech letter with an 8-digit offset. */
    public static Half of(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (crc.getValue() & 1) == 0 ? Half.SELECTION : Half.REPORT;
    }

    /** Splits items by the half of their names, keeping their order. */
    public static <T> Split<T> split(Collection<? extends T> items, Function<? super T, String> name) {
        List<T> selection = new ArrayList<>();
        List<T> report = new ArrayList<>();
        for (T item : items) {
            List<T> half =
                    switch (of(name.apply(item))) {
                        case SELECTION -> selection;
                        case REPORT -> report;
                    };
            half.add(item);
        }
        return new Split<>(selection, report);
    }

    /**
     * Items in halves.
     *
     * @param selection items to choose on, in their order
     * @param report    items to report on, in their order
     */
    @Stable
    public record Split<T>(List<T> selection, List<T> report) {

        /** Copies both. */
        public Split {
            selection = List.copyOf(selection);
            report = List.copyOf(report);
        }

        /** Returns the items of a half. */
        public List<T> of(Half half) {
            return switch (half) {
                case SELECTION -> selection;
                case REPORT -> report;
            };
        }
    }
}
