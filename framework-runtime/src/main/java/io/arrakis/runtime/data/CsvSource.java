package io.arrakis.runtime.data;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.problem.Problems;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.Optional;

/** A CSV file (RFC 4180). All values are texts; an empty one is no value. */
public final class CsvSource implements DatasetSource<CsvSource.Parameters> {

    /**
     * Parameters.
     *
     * @param path      the file, UTF-8
     * @param text      the column that the model reads
     * @param header    whether the first row names the columns
     * @param separator what stands between values, one character
     */
    public record Parameters(
            @Description("The file, UTF-8.") @Example("texts.csv")
            Path path,

            @Description("The column that the model reads; 'text' if left out, where there is one.")
            Optional<String> text,

            @Description("Whether the first row names the columns; else they are column_1, column_2 and so on.")
            @DefaultValue("true")
            boolean header,

            @Description("What stands between values, one character.") @DefaultValue("\",\"") @Size(min = 1, max = 1)
            String separator) {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String summary() {
        return "A CSV file, with the names of its columns in the first row.";
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
        TextField text = new TextField(parameters.text());
        char separator = parameters.separator().charAt(0);
        String settings = name() + text + parameters.header() + separator;
        return FileDataset.open(
                parameters.path(), in -> CsvRows.open(in, separator, parameters.header(), text), settings);
    }
}
