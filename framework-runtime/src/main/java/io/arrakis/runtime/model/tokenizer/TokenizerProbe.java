package io.arrakis.runtime.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.arrakis.runtime.natives.NativeProbe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Loads the native library of tokenizers and holds the ids of a text of two words against what they must be. */
public final class TokenizerProbe implements NativeProbe {

    private static final String TWO_WORDS = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
             "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordLevel", "vocab": {"one": 0, "two": 1}, "unk_token": "one"}}
            """;

    private static final long[] EXPECTED = {1, 0, 1};

    private final long[] ids;

    /** Loads the library. */
    public TokenizerProbe() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        byte[] json = TWO_WORDS.getBytes(StandardCharsets.UTF_8);
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Map.of())) {
            ids = tokenizer.encode("two one two", false, false).getIds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String library() {
        return "tokenizers";
    }

    @Override
    public Optional<String> difference() {
        return Arrays.equals(ids, EXPECTED)
                ? Optional.empty()
                : Optional.of(
                        "three words have the ids " + Arrays.toString(ids) + ", not " + Arrays.toString(EXPECTED));
    }
}
