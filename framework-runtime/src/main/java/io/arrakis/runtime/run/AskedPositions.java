package io.arrakis.runtime.run;

import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.hook.Positions;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plan.TokenTable;
import io.arrakis.runtime.spec.Change;
import io.arrakis.runtime.spec.Changes;
import io.arrakis.runtime.spec.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The positions that a step names, held against the texts that it reads: where no text has one, nothing would be changed or
 * kept, and nobody would know. Used by one thread.
 */
final class AskedPositions {

    private final StepId id;
    private final Step step;
    private final List<Asked> changed = new ArrayList<>();
    private final List<Asked> kept = new ArrayList<>();
    private final Set<TokenTable> read = new HashSet<>();

    AskedPositions(StepId id, Step step) {
        this.id = id;
        this.step = step;
    }

    /** Adds those of changes, which must be in one of the texts that are read afterwards. */
    void change(Changes changes) {
        List<Change> list = changes.interventions();
        for (int i = 0; i < list.size(); i++) {
            add(changed, "interventions[" + i + "]", list.get(i).positions().positions());
        }
    }

    /** Reads the texts of a capture, whose own positions must be in one of them. */
    void capture(CaptureRequest capture, TokenTable texts) {
        List<Asked> reading = new ArrayList<>();
        add(reading, "capture '" + capture.id() + "'", capture.positions());
        kept.addAll(reading);
        if (read.add(texts)) {
            reading.addAll(changed);
        }
        for (int text = 0; text < texts.examples() && !reading.isEmpty(); text++) {
            int length = texts.length(text);
            reading.forEach(one -> one.read(length));
        }
    }

    /** Reads a text of so many tokens in a pass that the operation runs itself. */
    void pass(int tokens) {
        changed.forEach(one -> one.read(tokens));
    }

    private static void add(List<Asked> to, String what, Positions positions) {
        if (positions instanceof Positions.At at) {
            to.add(new Asked(what, "position ", Collections.max(at.indices())));
        } else if (positions instanceof Positions.Span span && span.start() > 0) {
            to.add(new Asked(what, "a position from ", span.start()));
        }
    }

    /** Throws what is wrong, once all texts are read. */
    void require() {
        List<Problem> problems = new ArrayList<>();
        for (Asked one : changed) {
            one.beyond().ifPresent(message -> step.changeProblems(problems::add)
                    .at(one.what + ".positions")
                    .error(ErrorCode.TOOL_INPUT, message, one.mend()));
        }
        for (Asked one : kept) {
            one.beyond()
                    .ifPresent(message -> problems.add(Problem.error(
                            ErrorCode.TOOL_INPUT, SourceLocation.of("steps." + id), message, one.mend())));
        }
        if (!problems.isEmpty()) {
            throw new ArrakisException(problems);
        }
    }

    /** Says how many texts are too short. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        changed.forEach(one -> one.shorter(", and are not changed there").ifPresent(warnings::add));
        kept.forEach(one -> one.shorter("").ifPresent(warnings::add));
        return warnings;
    }

    /** What names positions, the one of them that a text must have, and how many have it. */
    private static final class Asked {

        private final String what;
        private final String kind;
        private final int needed;
        private int longest;
        private long texts;
        private long lacking;

        Asked(String what, String kind, int needed) {
            this.what = what;
            this.kind = kind;
            this.needed = needed;
        }

        void read(int tokens) {
            texts++;
            longest = Math.max(longest, tokens);
            lacking += tokens <= needed ? 1 : 0;
        }

        Optional<String> beyond() {
            return texts == 0 || lacking < texts
                    ? Optional.empty()
                    : Optional.of(what + ": no text has " + kind + needed + "; the longest has " + longest
                            + (longest == 1 ? " token" : " tokens") + ", special tokens counted");
        }

        String mend() {
            return "positions count from 0: give at most " + Math.max(0, longest - 1) + ", or longer texts";
        }

        Optional<String> shorter(String outcome) {
            return lacking == 0 || lacking == texts
                    ? Optional.empty()
                    : Optional.of(what + ": " + lacking + " of " + texts + " texts are too short to have " + kind
                            + needed + outcome);
        }
    }
}
