package io.arrakis.runtime.spec.tree;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into a tree: one document, no tags, no key twice, aliases that stay small. JSON is YAML, and is read too.
 */
public final class YamlReader {

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_MENDED = 100;

    private final ProblemLog log;

    /** Makes a reader that reports to a log. */
    public YamlReader(ProblemLog log) {
        this.log = log;
    }

    /**
     * Reads a file.
     *
     * @param origin the file as the user named it, for messages
     * @return nothing where it could not be read; the log says why
     */
    public Optional<Node> file(Path file, String origin) {
        try {
            if (Files.isDirectory(file)) {
                return refuse(ErrorCode.FILE_MISSING, origin, "this is a directory", "give a file");
            }
            if (Files.size(file) > MOST_BYTES) {
                String mend = "put texts into a data file, and name it in 'data'";
                return refuse(ErrorCode.SPEC_SYNTAX, origin, "the file is larger than 4 MiB", mend);
            }
            return new TextDecoder(origin, log).decode(Files.readAllBytes(file)).flatMap(text -> text(text, origin));
        } catch (NoSuchFileException e) {
            return refuse(ErrorCode.FILE_MISSING, origin, "there is no such file", "check the path");
        } catch (IOException e) {
            String reason = DiskProblems.reason(e);
            return refuse(ErrorCode.FILE_MISSING, origin, "the file cannot be read: " + reason, "check the rights");
        }
    }

    /** Reads text whose places are lines and columns. */
    public Optional<Node> text(String text, String origin) {
        Optional<Node> root = document(text, SourceText.file(origin, text));
        if (root.isEmpty() && !log.hasErrors()) {
            return refuse(
                    ErrorCode.SPEC_SYNTAX,
                    origin,
                    "there is nothing in the file",
                    "see 'arrakis tools NAME' for an example to start from");
        }
        return root;
    }

    /**
     * Reads a value that does not come from a file: an argument, a default.
     *
     * @param origin what stands as the place of every problem, such as {@code --set seed}
     * @return the value; an empty text gives a scalar with nothing in it
     */
    public Optional<Node> value(String text, String origin) {
        SourceText source = SourceText.argument(origin, text);
        return new TextDecoder(origin, log).printable(text).flatMap(readable -> {
            int errors = log.problems().size();
            Optional<Node> root = document(readable, source);
            boolean nothing = root.isEmpty() && log.problems().size() == errors;
            return nothing ? Optional.of(new Node.Scalar(source.whole(), "", true)) : root;
        });
    }

    private Optional<Node> document(String text, SourceText source) {
        String readable = text;
        for (int mended = 0; mended <= MOST_MENDED; mended++) {
            try {
                return build(readable, source, mended > 0);
            } catch (MarkedYamlEngineException e) {
                Optional<String> next = LooseReferences.mend(readable, e, source, log);
                if (next.isEmpty()) {
                    new SyntaxErrors(source, log).report(e);
                    return Optional.empty();
                }
                readable = next.get();
            } catch (YamlEngineException e) {
                new SyntaxErrors(source, log).report(e);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Node> build(String text, SourceText source, boolean mended) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(MOST_BYTES)
                .build();
        UnaryOperator<String> restore = mended ? LooseReferences::restore : UnaryOperator.identity();
        try {
            return new NodeBuilder(source, log, restore)
                    .build(new Parse(settings).parseString(text).iterator());
        } catch (NodeBuilder.Hopeless e) {
            return Optional.empty();
        }
    }

    private Optional<Node> refuse(ErrorCode code, String origin, String message, String mend) {
        log.error(code, SourceLocation.of(origin), message, mend);
        return Optional.empty();
    }
}
