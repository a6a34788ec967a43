package io.arrakis.api.data;

import io.arrakis.api.stability.Stable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A data set that is kept in memory.
 *
 * @param examples    the examples
 * @param fields      the names of the fields that they may have
 * @param fingerprint changes whenever an example would
 */
@Stable
public record ListDataset(List<Example> examples, List<String> fields, String fingerprint) implements Dataset {

    /** Copies the lists. */
    public ListDataset {
        examples = List.copyOf(examples);
        fields = List.copyOf(fields);
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public Iterator<Example> iterator() {
        return examples.iterator();
    }
}
