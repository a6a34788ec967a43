package io.arrakis.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeRestartTest {

    private static final Processor X86 = new Processor("amd64", List.of("avx2"));

    @TempDir
    private Path directory;

    @Test
    void isTriedOnce() {
        assertThat(new NativeRestart(X86, Map.of()).isWorthTrying()).isTrue();
        assertThat(new NativeRestart(X86, Map.of("OPENBLAS_CORETYPE", "SkylakeX")).isWorthTrying())
                .isTrue();
        assertThat(new NativeRestart(X86, Map.of("OPENBLAS_CORETYPE", "Haswell")).isWorthTrying())
                .isFalse();
    }

    @Test
    void isNotTriedOnOtherProcessors() {
        assertThat(new NativeRestart(new Processor("aarch64", List.of()), Map.of()).isWorthTrying())
                .isFalse();
    }

    @Test
    void runsTheSameCommandWithSafeKernels() throws IOException {
        Path seen = directory.resolve("seen");
        int status = new NativeRestart().run(Child.class, List.of(seen.toString(), "two words"));
        assertThat(status).isEqualTo(7);
        assertThat(seen).hasContent("Haswell two words");
    }

    /** Writes what it was given to a file. */
    static final class Child {

        private static final int STATUS = 7;

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Files.writeString(Path.of(arguments[0]), System.getenv("OPENBLAS_CORETYPE") + " " + arguments[1]);
            System.exit(STATUS);
        }
    }
}
