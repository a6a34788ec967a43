package io.arrakis.runtime.plan;

import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.model.Tokenizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the texts of captures through one tokenizer, each source once for each length it is cut to. Used by one thread. */
public final class TextReader {

    private final Supplier<Tokenizer> tokenizer;
    private final Function<String, Dataset> data;
    private final Function<String, OptionalInt> maxTokens;
    private final int contextLength;
    private final Path directory;
    private final Runnable checkCancelled;
    private final Map<Source, TokenTable> tables = new HashMap<>();

    private record Source(TextSource texts, int maxTokens) {}

    /**
     * Reads nothing yet.
     *
     * @param tokenizer     made when texts are first read
     * @param data          opens a data set
     * @param maxTokens     to how many tokens the texts of a data set are cut
     * @param contextLength to how many tokens every text is cut
     * @param directory     for texts that memory does not hold
     */
    public TextReader(
            Supplier<Tokenizer> tokenizer,
            Function<String, Dataset> data,
            Function<String, OptionalInt> maxTokens,
            int contextLength,
            Path directory,
            Runnable checkCancelled) {
        this.tokenizer = tokenizer;
        this.data = data;
        this.maxTokens = maxTokens;
        this.contextLength = contextLength;
        this.directory = directory;
        this.checkCancelled = checkCancelled;
    }

    /**
     * Returns the tokens of a source.
     *
     * @param asked  to how many tokens texts are cut, beside the limits of data set and model
     * @param reader who asks, for people
     */
    public TokenTable read(TextSource texts, OptionalInt asked, String reader) {
        int most = Math.min(asked.orElse(Integer.MAX_VALUE), contextLength);
        if (texts instanceof TextSource.Data source) {
            most = Math.min(most, maxTokens.apply(source.data().name()).orElse(Integer.MAX_VALUE));
        } else if (texts instanceof TextSource.Field source) {
            most = Math.min(most, maxTokens.apply(source.data().name()).orElse(Integer.MAX_VALUE));
        }
        Source source = new Source(texts, most);
        TokenTable known = tables.get(source);
        if (known == null) {
            known = read(source, reader);
            tables.put(source, known);
        }
        return known;
    }

    private TokenTable read(Source source, String reader) {
        if (source.texts() instanceof TextSource.Data texts) {
            String name = texts.data().name();
            TokenTableBuilder builder = new TokenTableBuilder("data." + name, source.maxTokens(), directory);
            return builder.dataset(data.apply(name), tokenizer.get(), checkCancelled);
        }
        if (source.texts() instanceof TextSource.Field texts) {
            String name = texts.data().name();
            TokenTableBuilder builder =
                    new TokenTableBuilder("field " + texts.field() + " of data." + name, source.maxTokens(), directory);
            return builder.field(data.apply(name), texts.field(), tokenizer.get(), checkCancelled);
        }
        if (source.texts() instanceof TextSource.Texts texts) {
            TokenTableBuilder builder = new TokenTableBuilder("texts of " + reader, source.maxTokens(), directory);
            return builder.texts(texts.texts(), tokenizer.get());
        }
        TextSource.Tokens tokens = (TextSource.Tokens) source.texts();
        return new TokenTableBuilder("tokens of " + reader, source.maxTokens(), directory).tokens(tokens.sequences());
    }
}
