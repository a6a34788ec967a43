package io.arrakis.runtime.data;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The rows of a file. Opening it reads the file once, to count the rows and to find the bad ones; every iteration reads it
 * again, row by row, so that a file may be larger than memory.
 */
final class FileDataset implements Dataset {

    private final Path file;
    private final RowFormat format;
    private final FileScan.Findings findings;
    private final FileTime modified;

    private FileDataset(Path file, RowFormat format, FileScan.Findings findings, FileTime modified) {
        this.file = file;
        this.format = format;
        this.findings = findings;
        this.modified = modified;
    }

    /**
     * Opens a file.
     *
     * @param settings what else decides the rows, for the fingerprint
     * @throws ArrakisException with every bad row, or if there is no row
     */
    static FileDataset open(Path file, RowFormat format, String settings) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            return new FileDataset(file, format, FileScan.of(file, format, settings), modified);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ArrakisException unreadable(Path file, IOException e) {
        return new ArrakisException(
                ErrorCode.FILE_MISSING,
                file.toString(),
                "the file cannot be read: " + DiskProblems.reason(e),
                "check the path and the rights");
    }

    @Override
    public int size() {
        return findings.rows();
    }

    @Override
    public List<String> fields() {
        return findings.fields();
    }

    @Override
    public String fingerprint() {
        return findings.fingerprint();
    }

    @Override
    public Iterator<Example> iterator() {
        try {
            if (!Files.getLastModifiedTime(file).equals(modified)) {
                throw changed();
            }
            return new Examples(format.read(Utf8.open(Files.newInputStream(file))));
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (BadRowException e) {
            throw changed();
        }
    }

    private ArrakisException changed() {
        return new ArrakisException(
                ErrorCode.DATA_UNFIT,
                file.toString(),
                "the file changed while it was in use",
                "run the experiment again");
    }

    /** Reads row by row; the file is closed behind the last one. */
    private final class Examples implements Iterator<Example> {

        private final RowFormat.Rows rows;
        private int given;

        Examples(RowFormat.Rows rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return given < findings.rows();
        }

        @Override
        public Example next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                Optional<Row> row = rows.next();
                given++;
                if (given == findings.rows()) {
                    rows.close();
                }
                return row.orElseThrow(FileDataset.this::changed).example();
            } catch (IOException e) {
                throw unreadable(file, e);
            } catch (BadRowException e) {
                throw changed();
            }
        }
    }
}
