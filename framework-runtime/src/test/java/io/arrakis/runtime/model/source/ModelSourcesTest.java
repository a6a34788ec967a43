package io.arrakis.runtime.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelSource;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSourcesTest {

    @TempDir
    private Path base;

    private final ModelSources sources = ModelSources.builtIn();

    private ModelContext context() {
        return new ModelContext(base, base.resolve("cache"));
    }

    @Test
    void findsTheSourcesThatComeWithTheFramework() {
        assertThat(sources.names()).containsExactly("bge-small-en", "minilm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minlim | no model is called 'minlim', and | did you mean 'minilm'? known: bge-small-en, minilm, or a directory",
                "org/some-model | no model is called 'org/some-model' | known: bge-small-en, minilm, or a directory",
                "./models/x | there is no directory './models/x', seen from | known: bge-small-en, minilm, or a directory in Hugging Face layout",
                "a\0b | no model is called | or a directory in Hugging Face layout"
            })
    void saysWhichModelsThereAre(String reference, String message, String mend) {
        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> sources.open(reference, context()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_MODEL))
                .withMessageContaining(message)
                .withMessageContaining(mend);
    }

    @Test
    void saysThatAModelIsADirectory() throws IOException {
        Path file = Files.writeString(base.resolve("config.json"), "{}");
        for (String reference : List.of(file.toString(), "config.json", "./config.json")) {
            assertThatExceptionOfType(ArrakisException.class)
                    .isThrownBy(() -> sources.open(reference, context()))
                    .withMessage(
                            "model: error UNKNOWN-MODEL: '" + reference + "' is a file, and a model is a directory;"
                                    + " name the directory that config.json is in");
        }
    }

    @Test
    void namesTheSourceThatThrew() {
        ModelSources throwing = new ModelSources(List.of(new Throwing()));
        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> throwing.open("any", context()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_FAILED))
                .withMessageContaining("the model source throwing (" + Throwing.class.getName()
                        + ") threw java.lang.IllegalStateException: planted for 'any'; tell its author");
    }

    private static final class Throwing implements ModelSource {
        @Override
        public String kind() {
            return "throwing";
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public boolean accepts(String reference, ModelContext context) {
            return true;
        }

        @Override
        public Checkpoint open(String reference, ModelContext context) {
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void asksWhichOfTwoModelsIsMeant() throws IOException {
        Files.createDirectory(base.resolve("minilm"));

        assertThatExceptionOfType(ArrakisException.class)
                .isThrownBy(() -> sources.open("minilm", context()))
                .withMessageContaining(
                        "'minilm' can mean two models: built-in and directory; write ./minilm for the directory");
    }

    @Test
    void findsDirectoriesFromTheExperimentOn() throws IOException {
        Files.createDirectories(base.resolve("models/one"));
        ModelSource directories = new DirectorySource();

        assertThat(directories.accepts("models/one", context())).isTrue();
        assertThat(directories.accepts("./models/../models/one", context())).isTrue();
        assertThat(directories.accepts(base.resolve("models/one").toString(), context()))
                .isTrue();
        assertThat(directories.accepts("one", context())).isFalse();
    }
}
