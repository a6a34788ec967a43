package io.arrakis.runtime.model.source;

import io.arrakis.api.model.Tokenizer;
import io.arrakis.runtime.model.tokenizer.NativeTokenizer;
import io.arrakis.runtime.model.tokenizer.TokenizerFiles;
import java.nio.file.Path;

/** The tokenizer of a directory, opened when it is first asked for. */
final class LazyTokenizer implements AutoCloseable {

    private final Path directory;
    private NativeTokenizer tokenizer;
    private boolean closed;

    LazyTokenizer(Path directory) {
        this.directory = directory;
    }

    synchronized Tokenizer get() {
        if (closed) {
            throw new IllegalStateException("the model in " + directory + " was closed");
        }
        if (tokenizer == null) {
            tokenizer = TokenizerFiles.open(directory);
        }
        return tokenizer;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
        }
    }
}
