package io.arrakis.runtime.spec;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.PluginContext;
import io.arrakis.runtime.plugin.Provided;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A data set of an experiment.
 *
 * @param name      its name
 * @param source    what opens it
 * @param record    the parameters of the source
 * @param plain     the same as they are written
 * @param limit     only so many examples from the start
 * @param maxTokens texts are cut to so many tokens when the model reads them
 * @param location  where it stands
 */
public record DataEntry(
        String name,
        Provided<DatasetSource<?>> source,
        Record record,
        Map<String, Object> plain,
        OptionalInt limit,
        OptionalInt maxTokens,
        SourceLocation location) {

    /**
     * Opens the data.
     *
     * @throws io.arrakis.api.problem.ArrakisException with every bad row
     */
    public Dataset open(long seed) {
        Dataset all = PluginContext.call(source.origin(), () -> open(source.value(), seed));
        return limit.isPresent() ? LimitedDataset.of(all, limit.getAsInt()) : all;
    }

    private <P extends Record> Dataset open(DatasetSource<P> opener, long seed) {
        return opener.open(opener.parameters().cast(record), new DataContext(name, seed));
    }
}
