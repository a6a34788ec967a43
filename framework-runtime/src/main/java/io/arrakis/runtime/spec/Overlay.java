package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values of the command line, or of a trial, into the tree of a file. */
final class Overlay {

    private static final Pattern PART = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,9})]");

    private final ProblemLog log;

    Overlay(ProblemLog log) {
        this.log = log;
    }

    /** Refuses settings that are none, which needs no file. */
    void refuseMalformed(List<Setting> settings) {
        settings.stream()
                .filter(setting -> setting.path().isEmpty())
                .forEach(setting -> log.error(
                        ErrorCode.USAGE,
                        SourceLocation.of(setting.origin()),
                        "a path and a value must stand here",
                        "write --set path.to.key=value, such as --set seed=3"));
    }

    Node.Mapping apply(Node.Mapping root, List<Setting> settings) {
        Node.Mapping changed = root;
        for (Setting setting : settings) {
            if (setting.path().isEmpty()) {
                continue; // it was refused
            }
            Optional<Node> value = new YamlReader(log).value(setting.value(), setting.origin());
            SourceLocation place = SourceLocation.of(setting.origin());
            List<String> path = path(setting.path(), place, ErrorCode.USAGE);
            if (value.isPresent() && !path.isEmpty()) {
                changed = put(changed, path, value.get(), place, ErrorCode.USAGE);
            }
        }
        return changed;
    }

    /**
     * Puts one value into the tree.
     *
     * @param place what stands as the place of problems with the path itself
     * @param code  the code of those problems
     */
    Node.Mapping put(Node.Mapping root, List<String> path, Node value, SourceLocation place, ErrorCode code) {
        return (Node.Mapping) put(root, path, 0, value, new Target(place, code));
    }

    /** Where the path was written, and what it is called when that is wrong. */
    private record Target(SourceLocation place, ErrorCode code) {}

    /** Returns the keys and indices of a path; none after a problem with it was reported. */
    List<String> path(String text, SourceLocation place, ErrorCode code) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find()) {
            end = part.end();
            parts.add(part.group());
        }
        boolean broken = end != text.length() || text.contains("..") || text.startsWith(".");
        if (broken || parts.isEmpty()) {
            refuse(
                    new Target(place, code),
                    "'" + text + "' is not a path",
                    "write keys with dots between them, such as steps.senses.with.layer_idx");
            return List.of();
        }
        return parts;
    }

    private Node put(Node node, List<String> path, int depth, Node value, Target target) {
        if (depth == path.size()) {
            return value;
        }
        String part = path.get(depth);
        if (node instanceof Node.Mapping map && !part.startsWith("[")) {
            SourceLocation place = target.place();
            Node.Scalar key = Optional.ofNullable(map.entries().get(part))
                    .map(Node.Entry::key)
                    .orElse(new Node.Scalar(place, part, true));
            Node inner = map.get(part).filter(there -> !isNothing(there)).orElse(new Node.Mapping(place, Map.of()));
            return map.with(new Node.Entry(
                    keyOf(key, place, depth == path.size() - 1), put(inner, path, depth + 1, value, target)));
        }
        if (node instanceof Node.Sequence list && part.startsWith("[")) {
            return putItem(list, path, depth, value, target);
        }
        String before = depth == 0 ? "the experiment" : "'" + String.join(".", path.subList(0, depth)) + "'";
        refuse(target, before + " is " + node.words() + ", which has no " + part, "");
        return node;
    }

    /** A problem with the key itself belongs to who wrote it last. */
    private static Node.Scalar keyOf(Node.Scalar key, SourceLocation place, boolean last) {
        return last ? new Node.Scalar(place, key.text(), true) : key;
    }

    private Node putItem(Node.Sequence list, List<String> path, int depth, Node value, Target target) {
        int index = Integer.parseInt(path.get(depth).replaceAll("[\\[\\]]", ""));
        if (index >= list.items().size()) {
            refuse(target, "the list has " + list.items().size() + " entries, and no [" + index + "]", "");
            return list;
        }
        List<Node> items = new ArrayList<>(list.items());
        items.set(index, put(items.get(index), path, depth + 1, value, target));
        return new Node.Sequence(list.location(), items);
    }

    private static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNothing();
    }

    private void refuse(Target target, String message, String mend) {
        log.error(target.code(), target.place(), message, mend);
    }

    /** Returns a mapping of some keys of another. */
    static Node.Mapping only(Node.Mapping map, List<String> keys) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            if (keys.contains(key)) {
                entries.put(key, entry);
            }
        });
        return new Node.Mapping(map.location(), entries);
    }
}
