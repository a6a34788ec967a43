package io.arrakis.runtime.spec;

import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.operation.Description;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.Broken;
import io.arrakis.runtime.plugin.Provided;
import io.arrakis.runtime.spec.Vocabulary.UnreadableParametersException;
import io.arrakis.runtime.spec.form.Bound;
import io.arrakis.runtime.spec.form.Parameters;
import io.arrakis.runtime.spec.form.Reading;
import io.arrakis.runtime.spec.tree.Node;
import io.arrakis.runtime.spec.tree.ProblemLog;
import io.arrakis.runtime.spec.tree.Suggestions;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the data sets of an experiment. */
final class DataReader {

    private static final String SOURCE = "source";
    private static final Parameters COMMON = Parameters.of(Common.class);

    private final Vocabulary vocabulary;
    private final Reading reading;
    private final ProblemLog log;
    private final OptionalInt limit;

    /** The keys that every data set has. */
    record Common(
            @Description("What opens the data.") String source,

            @Description("Only so many examples, from the start.")
            Optional<@Min(1) Integer> limit,

            @Description("Texts are cut to so many tokens when the model reads them.")
            Optional<@Min(2) Integer> maxTokens) {}

    /**
     * Makes a reader.
     *
     * @param limit the examples that the command line allows each data set at most
     */
    DataReader(Vocabulary vocabulary, Reading reading, OptionalInt limit) {
        this.vocabulary = vocabulary;
        this.reading = reading;
        this.log = reading.log();
        this.limit = limit;
    }

    static Parameters common() {
        return COMMON;
    }

    Map<String, DataEntry> read(Node.Mapping data) {
        Names.checkWords(data, "data set", log);
        Map<String, DataEntry> entries = new LinkedHashMap<>();
        data.entries().forEach((name, entry) -> read(entry).ifPresent(read -> entries.put(name, read)));
        return entries;
    }

    private Optional<DataEntry> read(Node.Entry entry) {
        String name = entry.key().text();
        if (!(entry.value() instanceof Node.Mapping map)) {
            log.error(
                    ErrorCode.SPEC_TYPE,
                    entry.value().location(),
                    "data." + name + " must be a mapping, not " + entry.value().words(),
                    "write 'source: ...' below it; sources: "
                            + String.join(
                                    ", ", vocabulary.catalog().dataSources().keySet()));
            return Optional.empty();
        }
        Optional<Bound> common = COMMON.read(Overlay.only(map, COMMON.keys()), entry.key(), reading, "data." + name);
        Optional<Provided<DatasetSource<?>>> source = map.get(SOURCE).flatMap(this::source);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<Bound> own = own(map, entry.key(), source.get());
        return common.isPresent() && own.isPresent()
                ? Optional.of(entry(
                        name, source.get(), own.get(), common.get(), entry.key().location()))
                : Optional.empty();
    }

    private Optional<Provided<DatasetSource<?>>> source(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return Optional.empty();
        }
        Map<String, Provided<DatasetSource<?>>> known = vocabulary.catalog().dataSources();
        Provided<DatasetSource<?>> source = known.get(scalar.text());
        if (source == null) {
            Optional<Broken> broken = vocabulary.catalog().broken("data source", scalar.text());
            log.error(
                    broken.isPresent() ? ErrorCode.TOOL_BROKEN : ErrorCode.UNKNOWN_SOURCE,
                    node.location(),
                    broken.map(Broken::toString).orElse("there is no data source " + node.words()),
                    broken.isPresent() ? "" : Suggestions.mend(scalar.text(), known.keySet(), "sources"));
        }
        return Optional.ofNullable(source);
    }

    private Optional<Bound> own(Node.Mapping map, Node.Scalar key, Provided<DatasetSource<?>> source) {
        try {
            Parameters parameters = vocabulary.parameters(source.value());
            List<String> all = new ArrayList<>(COMMON.keys());
            all.addAll(parameters.keys());
            boolean known = UnknownKeys.refuse(map, all, "the data source " + source.name(), log);
            Optional<Bound> bound = parameters.read(
                    Overlay.only(map, parameters.keys()), key, reading, "the data source " + source.name());
            if (known && bound.isPresent()) {
                Checks.run(source.origin(), key.location(), log, () -> check(source.value(), bound.get()));
            }
            return known ? bound : Optional.empty();
        } catch (UnreadableParametersException e) {
            log.error(ErrorCode.TOOL_BROKEN, key.location(), String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    private <P extends Record> void check(DatasetSource<P> source, Bound bound) {
        bound.record()
                .ifPresent(
                        record -> source.check(source.parameters().cast(record), new BoundProblems(bound, log::add)));
    }

    private DataEntry entry(
            String name, Provided<DatasetSource<?>> source, Bound own, Bound shared, SourceLocation location) {
        Common common = (Common) shared.record().orElseThrow();
        return new DataEntry(
                name,
                source,
                own.record().orElseThrow(),
                own.plain(),
                smaller(common.limit()),
                common.maxTokens().map(OptionalInt::of).orElse(OptionalInt.empty()),
                location);
    }

    private OptionalInt smaller(Optional<Integer> written) {
        if (written.isEmpty()) {
            return limit;
        }
        return OptionalInt.of(Math.min(written.get(), limit.orElse(Integer.MAX_VALUE)));
    }
}
