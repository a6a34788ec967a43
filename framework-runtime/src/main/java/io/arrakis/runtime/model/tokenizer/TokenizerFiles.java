package io.arrakis.runtime.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.PluginContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens the tokenizer of a directory in Hugging Face layout: {@code tokenizer.json}, and from {@code tokenizer_config.json},
 * where there is one, the token to pad with.
 */
public final class TokenizerFiles {

    private static final String TOKENIZER = "tokenizer.json";
    private static final String SETTINGS = "tokenizer_config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerFiles() {}

    /**
     * Opens the tokenizer of a model. Loads the native library at the first call, about half a second.
     *
     * @return a tokenizer that the caller closes
     * @throws ArrakisException with {@code FILE-MISSING} where there is no {@code tokenizer.json}, with {@code MODEL-FILE}
     *     where it cannot be understood, with {@code NATIVES} where the library cannot be loaded
     */
    public static NativeTokenizer open(Path directory) {
        Path file = directory.resolve(TOKENIZER);
        if (!Files.isRegularFile(file)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    directory.toString(),
                    "the model has no " + TOKENIZER,
                    "write one with AutoTokenizer.from_pretrained(..).save_pretrained(..) of transformers");
        }
        NativeLibrary.require();
        Optional<String> padToken = padToken(directory.resolve(SETTINGS));
        try {
            byte[] text = Files.readAllBytes(file);
            TokenizerJson json = TokenizerJson.read(text);
            Vocabulary vocabulary = json.vocabulary();
            OptionalInt named = padToken.map(vocabulary::id).orElse(OptionalInt.empty());
            return NativeTokenizer.of(
                    text, vocabulary, named.orElse(json.padId().orElse(0)));
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "the tokenizer", e);
        }
    }

    private static Optional<String> padToken(Path settings) {
        if (!Files.isRegularFile(settings)) {
            return Optional.empty();
        }
        try {
            JsonNode token = JSON.readTree(settings.toFile()).path("pad_token");
            return Optional.of(token.isObject() ? token.path("content").asText() : token.asText());
        } catch (IOException e) {
            throw damaged(settings, "what is said of the tokenizer", e);
        }
    }

    private static ArrakisException damaged(Path file, String what, Exception e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new ArrakisException(
                List.of(Problem.error(
                        ErrorCode.MODEL_FILE,
                        SourceLocation.of(file.toString()),
                        what + " cannot be understood: " + reason,
                        "fetch or write the file again")),
                e);
    }

    /** The native library: loaded once, told to stay offline and silent before any of its classes is touched. */
    private static final class NativeLibrary {

        static {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
        }

        private static boolean load() {
            LibUtils.checkStatus();
            return true;
        }

        static void require() {
            try {
                PluginContext.callAsFramework(NativeLibrary::load);
            } catch (RuntimeException | LinkageError e) {
                throw new ArrakisException(
                        List.of(Problem.error(
                                ErrorCode.NATIVES,
                                SourceLocation.of("tokenizers"),
                                "the native library of the tokenizers cannot be loaded: " + e.getMessage(),
                                "it runs on Linux (glibc), macOS on arm64, and Windows")),
                        e);
            }
        }
    }
}
