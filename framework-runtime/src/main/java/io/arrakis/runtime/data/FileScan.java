package io.arrakis.runtime.data;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a file once: counts its rows, names its fields, hashes its bytes, finds what is wrong. */
final class FileScan {

    private static final int MOST_LISTED = 20;

    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private long rows;
    private long bad;

    private FileScan(Path file) {
        this.file = file;
    }

    /**
     * What is known of a file.
     *
     * @param rows        how many
     * @param fields      names of the fields, in the order of their first appearance
     * @param fingerprint hash of the bytes and of what else decides the rows
     */
    record Findings(int rows, List<String> fields, String fingerprint) {}

    static Findings of(Path file, RowFormat format, String settings) throws IOException {
        return new FileScan(file).scan(format, settings);
    }

    private Findings scan(RowFormat format, String settings) throws IOException {
        MessageDigest digest = sha256();
        digest.update(settings.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            readAll(format, in);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (CharacterCodingException e) {
            add(Utf8.firstBadLine(file), "the line is not UTF-8");
        }
        refuse();
        return new Findings((int) rows, List.copyOf(fields), HexFormat.of().formatHex(digest.digest()));
    }

    private void readAll(RowFormat format, InputStream in) throws IOException {
        RowFormat.Rows reader;
        try {
            reader = format.read(Utf8.open(in));
        } catch (BadRowException e) {
            add(e.line(), e.getMessage());
            return;
        }
        boolean more = true;
        while (more) {
            try {
                Optional<Row> row = reader.next();
                row.ifPresent(this::count);
                more = row.isPresent();
            } catch (BadRowException e) {
                add(e.line(), e.getMessage());
                more = !e.isLast();
            }
        }
    }

    private void count(Row row) {
        rows++;
        fields.addAll(row.fields().keySet());
    }

    private void add(long line, String message) {
        bad++;
        if (problems.size() < MOST_LISTED) {
            SourceLocation place = SourceLocation.line(file.toString(), (int) Math.min(line, Integer.MAX_VALUE));
            problems.add(Problem.error(ErrorCode.DATA_ROW, place, message, ""));
        }
    }

    private void refuse() {
        if (bad > MOST_LISTED) {
            String more = "and " + (bad - MOST_LISTED) + " more rows that cannot be read";
            problems.add(Problem.error(ErrorCode.DATA_ROW, SourceLocation.of(file.toString()), more, ""));
        }
        if (bad == 0 && (rows == 0 || rows > Integer.MAX_VALUE)) {
            String message = rows == 0 ? "there are no rows in the file" : "the file has more than 2147483647 rows";
            String mend = rows == 0 ? "name a file that has some" : "cut it into several";
            problems.add(Problem.error(ErrorCode.DATA_UNFIT, SourceLocation.of(file.toString()), message, mend));
        }
        if (!problems.isEmpty()) {
            throw new ArrakisException(problems);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
