package io.arrakis.runtime.plugin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something of a plug-in that cannot be used. The rest goes on; only an experiment that names it fails, with the reason.
 *
 * @param what   what it would have been: {@code tool}, {@code data source}, {@code model family}, {@code model source}, or
 *               {@code plug-in} where even that is not known
 * @param names  the names that it would have had; empty where they are not known
 * @param origin where it came from
 * @param reason why, one sentence without a full stop
 * @param cause  what was thrown, for the log
 */
public record Broken(String what, List<String> names, Origin origin, String reason, Optional<Throwable> cause) {

    /** Copies the list. */
    public Broken {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
        names = List.copyOf(names);
    }

    static Broken because(String what, List<String> names, Origin origin, String reason) {
        return new Broken(what, names, origin, reason, Optional.empty());
    }

    static Broken threw(String what, List<String> names, Origin origin, Throwable cause) {
        return new Broken(what, names, origin, Reasons.sentence(cause), Optional.of(cause));
    }

    /** Returns the sentence for people: what, from where, which version if it says so, why. */
    @Override
    public String toString() {
        String named = names.isEmpty() ? what : what + " '" + String.join("', '", names) + "'";
        return named + " of " + origin.named() + ": " + reason;
    }
}
