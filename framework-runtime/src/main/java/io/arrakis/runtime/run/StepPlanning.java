package io.arrakis.runtime.run;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.runtime.result.ResultFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a step may know before anything runs. */
public final class StepPlanning implements Planning {

    private final ModelDescription model;
    private final Supplier<Tokenizer> tokenizer;
    private final Function<String, List<String>> fields;
    private final Map<String, Record> outlines;

    /**
     * Collects what is known.
     *
     * @param tokenizer made on the first call
     * @param fields    names of the fields of a data set
     * @param outlines  what earlier steps said of their results, by name; steps that said nothing are not there
     */
    public StepPlanning(
            ModelDescription model,
            Supplier<Tokenizer> tokenizer,
            Function<String, List<String>> fields,
            Map<String, Record> outlines) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.fields = fields;
        this.outlines = Map.copyOf(outlines);
    }

    @Override
    public ModelDescription model() {
        return model;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer.get();
    }

    @Override
    public List<String> fields(DataRef data) {
        return fields.apply(data.name());
    }

    @Override
    public <O extends Record> Optional<O> outline(StepRef<?> step, Class<O> shape) {
        return Optional.ofNullable(outlines.get(step.step())).map(outline -> ResultFiles.convert(outline, shape));
    }
}
