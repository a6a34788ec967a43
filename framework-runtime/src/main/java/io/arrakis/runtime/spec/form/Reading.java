package io.arrakis.runtime.spec.form;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where values are read: what they may refer to, what paths are relative to, and where problems go.
 *
 * @param label name of the value for messages, such as {@code ids[3]}
 * @param log   takes the problems
 * @param base  directory that paths start from
 * @param scope what may be referred to; nothing where no reference may stand
 * @param model the model, where it is known
 */
public record Reading(String label, ProblemLog log, Path base, Optional<Scope> scope, Optional<ModelLayers> model) {

    /** Checks that nothing is null. */
    public Reading {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(model, "model");
    }

    /** Returns the reading of a value of its own. */
    public Reading of(String name) {
        return new Reading(name, log, base, scope, model);
    }

    /** Returns the reading of a part with a name. */
    Reading part(String name) {
        return of(label.isEmpty() ? name : label + "." + name);
    }

    /** Returns the reading of an item of a list. */
    Reading item(int index) {
        return of(label + "[" + index + "]");
    }

    /** Reports an error about the value; the message goes on after its name. */
    Optional<Object> refuse(ErrorCode code, Node node, String message, String mend) {
        log.error(code, node.location(), (label.isEmpty() ? "this" : label) + " " + message, mend);
        return Optional.empty();
    }

    /** Reports a value of the wrong type. */
    Optional<Object> wrongType(Node node, Form form, String mend) {
        return refuse(ErrorCode.SPEC_TYPE, node, "must be " + form.words().one() + ", not " + node.words(), mend);
    }

    /** Reads a value that may be a reference. */
    Optional<Object> read(Form form, Node node) {
        if (node instanceof Node.Scalar scalar && scalar.text().contains("${")) {
            if (Reference.looksLike(scalar.text())) {
                return reference(form, scalar);
            }
            if (Reference.isInside(scalar.text())) {
                return refuse(
                        ErrorCode.SPEC_REFERENCE,
                        node,
                        "has a reference in the middle of a text",
                        "let the reference stand alone, or write $${ for the characters themselves");
            }
        }
        return form.read(node, this);
    }

    /** Lets the constructors of records refuse what the annotations let through. */
    Optional<Object> made(Form form, Object plain, Node node) {
        if (Late.in(plain)) {
            return Optional.of(plain);
        }
        try {
            form.make(plain);
            return Optional.of(plain);
        } catch (RuntimeException e) {
            return refuse(ErrorCode.TOOL_INPUT, node, "is refused: " + e.getMessage(), "");
        }
    }

    private Optional<Object> reference(Form form, Node.Scalar scalar) {
        Optional<Reference> parsed = Reference.parse(scalar.text());
        if (parsed.isEmpty()) {
            return refuse(
                    ErrorCode.SPEC_REFERENCE,
                    scalar,
                    "has the reference " + scalar.text() + ", which is not well formed",
                    "write ${data.NAME}, ${steps.NAME} or ${steps.NAME.PART}, or $${ for the characters themselves");
        }
        if (scope.isEmpty()) {
            return refuse(ErrorCode.SPEC_REFERENCE, scalar, "cannot be a reference", "write the value itself");
        }
        Reference reference = parsed.get();
        return known(reference, scalar, scope.get()) ? resolve(form, scalar, reference) : Optional.empty();
    }

    private boolean known(Reference reference, Node.Scalar scalar, Scope in) {
        boolean data = reference.kind() == Reference.Kind.DATA;
        var names = data ? in.data() : in.steps();
        if (!names.contains(reference.name())) {
            String noun = data ? "data set" : "step";
            refuse(
                    ErrorCode.SPEC_REFERENCE,
                    scalar,
                    "refers to the " + noun + " '" + reference.name() + "', which is not there",
                    Suggestions.mend(reference.name(), names, noun + "s"));
            return false;
        }
        in.uses(reference);
        return true;
    }

    private Optional<Object> resolve(Form form, Node.Scalar scalar, Reference reference) {
        if (form.takes(reference)) {
            return form.read(scalar, this);
        }
        if (reference.kind() == Reference.Kind.DATA) {
            return wrongType(scalar, form, "");
        }
        if (reference.path().isEmpty()) {
            return refuse(
                    ErrorCode.SPEC_REFERENCE,
                    scalar,
                    "must be " + form.words().one() + ", not the whole result of a step",
                    parts(reference));
        }
        Optional<String> missing = scope.orElseThrow()
                .result(reference.name())
                .flatMap(result -> ResultParts.missing(result, reference.path()));
        return missing.isPresent()
                ? refuse(ErrorCode.SPEC_REFERENCE, scalar, "refers to " + reference + ", but " + missing.get(), "")
                : Optional.of(new Plain.Late(reference, scalar.location(), label));
    }

    private String parts(Reference reference) {
        return scope.flatMap(in -> in.result(reference.name()))
                .map(ResultParts::names)
                .map(names ->
                        "name a part of it: ${steps." + reference.name() + ".PART}; parts: " + String.join(", ", names))
                .orElse("name a part of it: ${steps." + reference.name() + ".PART}");
    }
}
