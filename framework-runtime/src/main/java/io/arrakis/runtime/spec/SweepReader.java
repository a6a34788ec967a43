package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.stats.SeededRandom;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the block {@code sweep:}: {@code grid} varies each path by itself, {@code zip} paths together, {@code list} names the
 * trials, {@code random} draws them. Of several of these every combination is a trial.
 */
final class SweepReader {

    static final String SWEEP = "sweep";

    private static final String GRID = "grid";
    private static final String ZIP = "zip";
    private static final String LIST = "list";
    private static final String RANDOM = "random";
    private static final String SAMPLES = "samples";
    private static final String SEED = "seed";
    private static final String STEPS = "steps";
    private static final String DATA = "data";
    private static final List<String> KEYS = List.of(GRID, ZIP, LIST, RANDOM);

    private final Node.Mapping root;
    private final ProblemLog log;
    private final SweepValues values;
    private final Overlay overlay;
    private final List<SweepPath> paths = new ArrayList<>();
    private final List<List<Map<SweepPath, Node>>> factors = new ArrayList<>();

    SweepReader(Node.Mapping root, ProblemLog log) {
        this.root = root;
        this.log = log;
        this.values = new SweepValues(log);
        this.overlay = new Overlay(log);
    }

    /** Returns what is varied, as far as it is right. */
    SweepBlock read(Node node) {
        Optional<Node.Mapping> block = mapping(node, SWEEP);
        block.ifPresent(map -> {
            UnknownKeys.refuse(map, KEYS, SWEEP, log);
            map.entries().forEach((key, entry) -> factor(key, entry.value()));
            if (KEYS.stream().noneMatch(map.entries()::containsKey)) {
                log.error(
                        ErrorCode.SPEC_MISSING_KEY,
                        map.location(),
                        "the sweep varies nothing",
                        "add 'grid:' and below it a path with a list of values");
            }
        });
        long trials = 1;
        for (List<?> factor : factors) {
            trials = Math.min(SweepValues.MOST + 1L, trials * factor.size());
        }
        if (trials > SweepValues.MOST) {
            log.error(
                    ErrorCode.SPEC_RANGE,
                    node.location(),
                    "the sweep has more than " + SweepValues.MOST + " trials",
                    "vary fewer values at once");
            return new SweepBlock(paths, List.of());
        }
        return new SweepBlock(paths, SweepBlock.product(factors));
    }

    private void factor(String key, Node node) {
        switch (key) {
            case GRID -> mapping(node, GRID).ifPresent(this::grid);
            case ZIP -> mapping(node, ZIP).ifPresent(this::zip);
            case LIST -> list(node);
            case RANDOM -> mapping(node, RANDOM).ifPresent(this::random);
            default -> {
                // reported as unknown
            }
        }
    }

    private Optional<Node.Mapping> mapping(Node node, String key) {
        if (node instanceof Node.Mapping map && !map.entries().isEmpty()) {
            return Optional.of(map);
        }
        log.error(
                ErrorCode.SPEC_TYPE,
                node.location(),
                key + " must be a mapping, not " + (node instanceof Node.Mapping ? "an empty one" : node.words()),
                key.equals(SWEEP)
                        ? "keys: grid, list, random, zip"
                        : "write a path, such as steps.senses.with.layer_idx, and its values");
        return Optional.empty();
    }

    private void grid(Node.Mapping map) {
        for (Node.Entry entry : map.entries().values()) {
            path(entry.key()).ifPresent(path -> {
                List<Map<SweepPath, Node>> factor = new ArrayList<>();
                values.listed(path, entry.value()).forEach(value -> factor.add(Map.of(path, value)));
                add(factor);
            });
        }
    }

    private void zip(Node.Mapping map) {
        List<Map<SweepPath, Node>> together = new ArrayList<>();
        int length = -1;
        for (Node.Entry entry : map.entries().values()) {
            Optional<SweepPath> path = path(entry.key());
            List<Node> column = path.isEmpty() ? List.of() : values.listed(path.get(), entry.value());
            if (column.isEmpty()) {
                continue;
            }
            if (length >= 0 && column.size() != length) {
                log.error(
                        ErrorCode.SPEC_RANGE,
                        entry.value().location(),
                        "the lists of zip must be equally long; this one has " + column.size() + " values, the first "
                                + length,
                        "");
                continue;
            }
            length = column.size();
            put(together, path.get(), column);
        }
        add(together);
    }

    private static void put(List<Map<SweepPath, Node>> rows, SweepPath path, List<Node> column) {
        for (int i = 0; i < column.size(); i++) {
            if (rows.size() <= i) {
                rows.add(new LinkedHashMap<>());
            }
            rows.get(i).put(path, column.get(i));
        }
    }

    private void list(Node node) {
        if (!(node instanceof Node.Sequence items) || items.items().isEmpty()) {
            log.error(
                    ErrorCode.SPEC_TYPE,
                    node.location(),
                    "list must be a list of trials, not "
                            + (node instanceof Node.Sequence ? "an empty one" : node.words()),
                    "write '- {seed: 1, device: cpu}' for each");
            return;
        }
        Map<String, SweepPath> known = new LinkedHashMap<>();
        List<Map<SweepPath, Node>> rows = new ArrayList<>();
        for (Node item : items.items()) {
            Map<SweepPath, Node> row = new LinkedHashMap<>();
            mapping(item, "a trial of the list").ifPresent(map -> map.entries().forEach((text, entry) -> {
                if (!known.containsKey(text)) {
                    path(entry.key()).ifPresent(path -> known.put(text, path));
                }
                if (known.containsKey(text)) {
                    row.put(known.get(text), entry.value());
                }
            }));
            rows.add(row);
        }
        add(rows);
    }

    private void random(Node.Mapping map) {
        OptionalLong samples = number(map, SAMPLES, OptionalLong.empty(), 1, SweepValues.MOST);
        if (map.get(SEED).filter(node -> !(node instanceof Node.Scalar)).isPresent()) {
            log.error(
                    ErrorCode.SPEC_TYPE,
                    map.get(SEED).orElseThrow().location(),
                    "the seed of random decides what it draws, and is a whole number; random cannot vary the experiment's"
                            + " seed",
                    "vary seed in grid, such as 'grid: {seed: {range: [1, 5]}}'");
            return;
        }
        OptionalLong seed = number(map, SEED, OptionalLong.of(0), 0, Long.MAX_VALUE);
        List<Map<SweepPath, Node>> rows = new ArrayList<>();
        for (Node.Entry entry : map.entries().values()) {
            if (List.of(SAMPLES, SEED).contains(entry.key().text())) {
                continue;
            }
            Optional<SweepPath> path = path(entry.key());
            if (path.isPresent() && samples.isPresent() && seed.isPresent()) {
                SeededRandom random =
                        SeededRandom.of(seed.getAsLong(), SWEEP, path.get().text());
                put(rows, path.get(), values.drawn(path.get(), entry.value(), (int) samples.getAsLong(), random));
            }
        }
        add(rows);
    }

    private OptionalLong number(Node.Mapping map, String key, OptionalLong otherwise, long least, long most) {
        Optional<Node> node = map.get(key);
        if (node.isEmpty() && otherwise.isPresent()) {
            return otherwise;
        }
        boolean fits = node.isPresent()
                && node.get() instanceof Node.Scalar scalar
                && scalar.text().matches("\\d{1,18}")
                && Long.parseLong(scalar.text()) >= least
                && Long.parseLong(scalar.text()) <= most;
        if (fits) {
            return OptionalLong.of(Long.parseLong(((Node.Scalar) node.get()).text()));
        }
        log.error(
                node.isEmpty() ? ErrorCode.SPEC_MISSING_KEY : ErrorCode.SPEC_TYPE,
                node.orElse(map).location(),
                "random needs " + key + ", a whole number at least " + least
                        + node.map(given -> ", not " + given.words()).orElse(""),
                "write '" + key + ": 20'");
        return OptionalLong.empty();
    }

    private void add(List<Map<SweepPath, Node>> factor) {
        if (!factor.isEmpty()) {
            factors.add(factor);
        }
    }

    /** Returns a path that leads somewhere and that nothing else varies. */
    private Optional<SweepPath> path(Node.Scalar key) {
        List<String> parts = overlay.path(key.text(), key.location(), ErrorCode.SPEC_UNKNOWN_KEY);
        SweepPath path = new SweepPath(key.text(), parts, key.location());
        if (parts.isEmpty() || !leadsSomewhere(path)) {
            return Optional.empty();
        }
        Optional<SweepPath> other =
                paths.stream().filter(known -> known.meets(parts)).findFirst();
        if (other.isPresent()) {
            log.error(
                    ErrorCode.SPEC_DUPLICATE_KEY,
                    key.location(),
                    "the sweep varies '" + key.text() + "' and '" + other.get().text() + "', which are one place",
                    "keep one of them");
            return Optional.empty();
        }
        paths.add(path);
        return Optional.of(path);
    }

    private boolean leadsSomewhere(SweepPath path) {
        List<String> first = new ArrayList<>(HeaderReader.keys());
        first.remove("name");
        first.addAll(List.of(DATA, STEPS));
        if (!known(path, 0, first, "keys")) {
            return false;
        }
        boolean named = path.parts().get(0).equals(DATA) || path.parts().get(0).equals(STEPS);
        if (!named) {
            return true;
        }
        if (path.parts().size() == 1) {
            log.error(
                    ErrorCode.SPEC_UNKNOWN_KEY,
                    path.place(),
                    "a sweep cannot vary all of '" + path.text() + "'",
                    "name one of them, such as " + path.text() + ".NAME");
            return false;
        }
        Optional<Node> block = root.get(path.parts().get(0));
        List<String> names = block.isPresent() && block.get() instanceof Node.Mapping map
                ? List.copyOf(map.entries().keySet())
                : List.of();
        boolean step = path.parts().get(0).equals(STEPS);
        return known(path, 1, names, step ? "steps" : "data sets")
                && (!step || path.parts().size() == 2 || known(path, 2, StepsReader.keys(), "keys"));
    }

    private boolean known(SweepPath path, int depth, List<String> names, String noun) {
        String part = path.parts().get(depth);
        if (names.contains(part)) {
            return true;
        }
        String before = depth == 0
                ? "an experiment"
                : "'" + String.join(".", path.parts().subList(0, depth)) + "'";
        log.error(
                ErrorCode.SPEC_UNKNOWN_KEY,
                path.place(),
                "the sweep varies '" + path.text() + "', but " + before + " has no '" + part + "' to vary",
                Suggestions.mend(part, names, noun));
        return false;
    }
}
