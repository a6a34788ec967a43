package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Makes the tree of one document from the parser's events, and reports what experiments do not allow. */
final class NodeBuilder {

    private static final int DEEPEST = 64;
    private static final int MOST_ALIASED_VALUES = 10_000;

    private final SourceText source;
    private final ProblemLog log;
    private final UnaryOperator<String> restore;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events;
    private int aliasedValues;
    private int builtValues;

    private record Anchored(Node node, int values) {}

    /** Ends the reading of a document in which going on makes no sense; what is wrong was reported. */
    static final class Hopeless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Hopeless() {
            super(null, null, false, false);
        }
    }

    /**
     * Makes a builder.
     *
     * @param restore turns the text of a scalar back into what was written
     */
    NodeBuilder(SourceText source, ProblemLog log, UnaryOperator<String> restore) {
        this.source = source;
        this.log = log;
        this.restore = restore;
    }

    /** Returns the only document, or nothing where there is none. */
    Optional<Node> build(Iterator<Event> from) {
        events = from;
        Optional<Node> document = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && document.isPresent()) {
                log.error(
                        ErrorCode.SPEC_SYNTAX,
                        place(event),
                        "a second document begins here",
                        "give each experiment a file of its own");
                throw new Hopeless();
            }
            if (event instanceof NodeEvent) {
                document = Optional.of(node(event, 0));
            }
        }
        return document;
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            log.error(
                    ErrorCode.SPEC_SYNTAX, place(event), "more than " + DEEPEST + " values inside of one another", "");
            throw new Hopeless();
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = builtValues++;
        Node node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar);
        } else if (event instanceof SequenceStartEvent) {
            node = sequence(event, depth);
        } else {
            node = mapping((MappingStartEvent) event, depth);
        }
        checkTag(event);
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, builtValues - before)));
        return node;
    }

    private Node alias(AliasEvent alias) {
        String name = alias.getAlias().getValue();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            String mend = Suggestions.mend(name, anchors.keySet(), "anchors before it");
            log.error(ErrorCode.SPEC_SYNTAX, place(alias), "no anchor '&" + name + "' ends before this alias", mend);
            return new Node.Scalar(place(alias), "*" + name, false);
        }
        aliasedValues += anchored.values();
        builtValues += anchored.values();
        if (aliasedValues > MOST_ALIASED_VALUES) {
            log.error(
                    ErrorCode.SPEC_SYNTAX,
                    place(alias),
                    "the aliases up to here stand for more than " + MOST_ALIASED_VALUES + " values",
                    "write the values out, or put them into a data file");
            throw new Hopeless();
        }
        return anchored.node();
    }

    private Node.Scalar scalar(ScalarEvent event) {
        return new Node.Scalar(place(event), restore.apply(event.getValue()), event.isPlain());
    }

    private Node sequence(Event start, int depth) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof CollectionEndEvent)) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Node.Sequence(collection(start, event), items);
    }

    private Node mapping(MappingStartEvent start, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (!(event instanceof MappingEndEvent)) {
            Node key = node(event, depth + 1);
            Node value = node(events.next(), depth + 1);
            if (key instanceof Node.Scalar word) {
                add(entries, new Node.Entry(word, value));
            } else {
                log.error(ErrorCode.SPEC_SYNTAX, key.location(), key.words() + " stands where a key must be", "");
            }
            event = events.next();
        }
        return new Node.Mapping(collection(start, event), entries);
    }

    private void add(Map<String, Node.Entry> entries, Node.Entry entry) {
        String key = entry.key().text();
        Node.Entry first = entries.putIfAbsent(key, entry);
        if (first != null) {
            log.error(
                    ErrorCode.SPEC_DUPLICATE_KEY,
                    entry.key().location(),
                    "the key '" + key + "' stands here for the second time"
                            + line(first.key().location()),
                    "keep one of them");
        }
    }

    private static String line(SourceLocation first) {
        return first.line() == 0 ? "" : "; it stands in line " + first.line() + " too";
    }

    private void checkTag(Event event) {
        Optional<String> tag =
                event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        tag.ifPresent(name -> log.error(
                ErrorCode.SPEC_SYNTAX,
                place(event),
                "the tag '" + name.replace("tag:yaml.org,2002:", "!!") + "' has no meaning here",
                "take it away; what a value is follows from its key"));
    }

    private SourceLocation place(Event event) {
        Mark start = event.getStartMark().orElseThrow();
        return source.between(start, event.getEndMark().orElse(start));
    }

    private SourceLocation collection(Event start, Event end) {
        Mark from = start.getStartMark().orElseThrow();
        return source.between(from, end.getEndMark().orElse(from));
    }
}
