package io.arrakis.runtime.data;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.data.Example;
import io.arrakis.api.data.ListDataset;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.runtime.spec.ContentHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Texts, or rows with fields, that stand in the experiment itself. Their ids count from 1. */
public final class InlineSource implements DatasetSource<InlineSource.Parameters> {

    private static final String TEXT = "text";

    /**
     * Parameters; one of them is empty.
     *
     * @param texts the texts
     * @param rows  rows of fields; its field 'text' is what the model reads
     */
    public record Parameters(
            @Description("The texts.")
            @DefaultValue("[]")
            @io.arrakis.api.operation.Example("[The bank was steep., The bank was closed.]")
            List<String> texts,

            @Description("Rows of fields, instead of texts; the field 'text' is what the model reads.")
            @DefaultValue("[]")
            List<Map<String, String>> rows) {

        /** Copies the lists. */
        public Parameters {
            texts = List.copyOf(texts);
            rows = List.copyOf(rows);
        }
    }

    @Override
    public String name() {
        return "inline";
    }

    @Override
    public String summary() {
        return "Texts that stand in the experiment itself.";
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public void check(Parameters parameters, Problems problems) {
        if (parameters.texts().isEmpty() && parameters.rows().isEmpty()) {
            problems.at("texts").error(ErrorCode.SPEC_MISSING_KEY, "there are no texts", "add 'texts: [...]'");
        }
        if (!parameters.texts().isEmpty() && !parameters.rows().isEmpty()) {
            problems.at("rows").error(ErrorCode.SPEC_RANGE, "there are texts and rows", "give one of them");
        }
        for (int i = 0; i < parameters.texts().size(); i++) {
            if (parameters.texts().get(i).isBlank()) {
                problems.at("texts[" + i + "]").error(ErrorCode.DATA_ROW, "the text is blank", "take it away");
            }
        }
    }

    @Override
    public Dataset open(Parameters parameters, DataContext context) {
        List<Example> examples = new ArrayList<>();
        Set<String> fields = new LinkedHashSet<>();
        for (String text : parameters.texts()) {
            examples.add(Example.of(Integer.toString(examples.size() + 1), text));
        }
        for (Map<String, String> row : parameters.rows()) {
            Map<String, Object> others = new LinkedHashMap<>(row);
            others.remove(TEXT);
            fields.addAll(others.keySet());
            examples.add(
                    new Example(Integer.toString(examples.size() + 1), row.getOrDefault(TEXT, ""), Map.copyOf(others)));
        }
        return new ListDataset(examples, List.copyOf(fields), ContentHash.of(examples.toString()));
    }
}
