package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A value as it was written, with its place. What type it is, its reader decides. Immutable. */
public sealed interface Node {

    /** Returns where it was written. */
    SourceLocation location();

    /** Returns words for messages, such as {@code a list} or {@code 'many'}. */
    String words();

    /**
     * Text.
     *
     * @param location where it was written
     * @param text     what was written, without the quotes
     * @param plain    whether it was written without quotes
     */
    record Scalar(SourceLocation location, String text, boolean plain) implements Node {

        private static final int LONGEST_SHOWN = 40;

        /** Checks that nothing is null. */
        public Scalar {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(text, "text");
        }

        /** Returns whether nothing stands behind the key. */
        public boolean isNothing() {
            return plain && text.isEmpty();
        }

        @Override
        public String words() {
            if (isNothing()) {
                return "nothing";
            }
            String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
            return "'" + shown.replace("\n", "\\n") + "'";
        }
    }

    /** A list. */
    record Sequence(SourceLocation location, List<Node> items) implements Node {

        /** Copies the list. */
        public Sequence {
            Objects.requireNonNull(location, "location");
            items = List.copyOf(items);
        }

        @Override
        public String words() {
            return "a list";
        }
    }

    /** Keys and values in the order in which they were written. */
    record Mapping(SourceLocation location, Map<String, Entry> entries) implements Node {

        /** Copies the map. */
        public Mapping {
            Objects.requireNonNull(location, "location");
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** Returns the value of a key. */
        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** Returns the same with a key added or its value replaced; a replaced key keeps its place in the order. */
        public Mapping with(Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(entry.key().text(), entry);
            return new Mapping(location, changed);
        }

        @Override
        public String words() {
            return "a mapping";
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, Node value) {
        /** Checks that nothing is null. */
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }
}
