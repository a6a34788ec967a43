package io.arrakis.runtime.data;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.problem.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The lines of a text file that are not blank. Their ids are their line numbers. */
public final class TextSource implements DatasetSource<TextSource.Parameters> {

    /**
     * Parameters.
     *
     * @param path the file, UTF-8
     */
    public record Parameters(
            @Description("The file, UTF-8.") @Example("texts.txt")
            Path path) {}

    @Override
    public String name() {
        return "text";
    }

    @Override
    public String summary() {
        return "The lines of a text file that are not blank.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public void check(Parameters parameters, Problems problems) {
        FileChecks.check(parameters.path(), problems);
    }

    @Override
    public Dataset open(Parameters parameters, DataContext context) {
        return FileDataset.open(parameters.path(), Lines::new, name());
    }

    private static final class Lines implements RowFormat.Rows {

        private final BufferedReader in;
        private long line;

        Lines(BufferedReader in) {
            this.in = in;
        }

        @Override
        public Optional<Row> next() throws IOException {
            String text = in.readLine();
            line++;
            while (text != null && text.isBlank()) {
                text = in.readLine();
                line++;
            }
            return Optional.ofNullable(text).map(found -> new Row(line, found, Map.of()));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
