package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Parameters that were read without an error, from a place that is remembered. Immutable. */
public final class Bound {

    private final RecordForm form;
    private final Map<String, Object> plain;
    private final Node.Mapping written;
    private final Node place;
    private final Reading reading;
    private final String owner;

    Bound(RecordForm form, Map<String, Object> plain, Node.Mapping written, Node place, Reading reading, String owner) {
        this.form = form;
        this.plain = plain;
        this.written = written;
        this.place = place;
        this.reading = reading;
        this.owner = owner;
    }

    /** Returns the values with all defaults, in the order of the record, in the types that {@link Plain} tells. */
    public Map<String, Object> plain() {
        return plain;
    }

    /** Returns the parts of results that the values wait for; empty where they wait for none. */
    public Set<Reference> late() {
        return Late.references(plain);
    }

    /** Returns the record, or nothing while it waits for results. */
    public Optional<Record> record() {
        return late().isEmpty() ? Optional.of((Record) form.make(plain)) : Optional.empty();
    }

    /**
     * Returns the same with parts of results filled in.
     *
     * @param results gives the result of a step by its name
     * @throws ArrakisException at the reference, if a result has no such part or the part does not fit the parameter
     */
    public Bound resolve(Function<String, ? extends Record> results) {
        Set<Reference> late = late();
        if (late.isEmpty()) {
            return this;
        }
        Node.Mapping filled =
                Late.replaceIn(written, late, (reference, node) -> value(reference, node.location(), results));
        ProblemLog log = new ProblemLog();
        Reading again = new Reading(reading.label(), log, reading.base(), reading.scope(), reading.model());
        Optional<Bound> bound = Parameters.read(form, filled, place, again, owner);
        if (log.hasErrors()) {
            throw new ArrakisException(
                    log.problems().stream().map(Bound::fromResult).toList());
        }
        return bound.orElseThrow();
    }

    private static Problem fromResult(Problem problem) {
        String message = problem.message() + ", as an earlier step found";
        return new Problem(problem.code(), problem.severity(), problem.location(), message, problem.mend());
    }

    private static Node value(Reference reference, SourceLocation at, Function<String, ? extends Record> results) {
        try {
            return PlainTree.node(ResultParts.value(results.apply(reference.name()), reference.path()), at);
        } catch (IllegalArgumentException e) {
            throw new ArrakisException(
                    ErrorCode.SPEC_REFERENCE,
                    at,
                    reference + " cannot be used: " + e.getMessage(),
                    "refer to a part that the step's result has");
        }
    }

    /**
     * Returns where a parameter was written, or the nearest value around it.
     *
     * @param path such as {@code layer_idx}, {@code ids[3]} or {@code threshold.false_positive_rate}
     */
    public SourceLocation locate(String path) {
        Node found = written;
        for (String part : List.of(path.replace("[", ".").replace("]", "").split("\\."))) {
            Optional<Node> next = part(found, part);
            if (next.isEmpty()) {
                break;
            }
            found = next.get();
        }
        return found == written ? place.location() : found.location();
    }

    private static Optional<Node> part(Node node, String part) {
        if (node instanceof Node.Mapping map) {
            return map.get(part);
        }
        boolean index = !part.isEmpty() && part.length() < 10 && ResultParts.isIndex(part);
        if (index
                && node instanceof Node.Sequence list
                && Integer.parseInt(part) < list.items().size()) {
            return Optional.of(list.items().get(Integer.parseInt(part)));
        }
        return Optional.empty();
    }
}
