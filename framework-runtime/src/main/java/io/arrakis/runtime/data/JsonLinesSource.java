package io.arrakis.runtime.data;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.problem.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file with a JSON object on each line. Values are texts, numbers, booleans, or lists of these; null is no value, and fields with
 * other values are left out.
 */
public final class JsonLinesSource implements DatasetSource<JsonLinesSource.Parameters> {

    /**
     * Parameters.
     *
     * @param path the file, UTF-8
     * @param text the field that the model reads
     */
    public record Parameters(
            @Description("The file, UTF-8.") @Example("texts.jsonl")
            Path path,

            @Description("The field that the model reads; 'text' if left out, where there is one.")
            Optional<String> text) {}

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public String summary() {
        return "A file with a JSON object on each line; fields with objects in them are left out.";
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
        return FileDataset.open(parameters.path(), in -> new JsonLines(in, text), name() + text);
    }
}
