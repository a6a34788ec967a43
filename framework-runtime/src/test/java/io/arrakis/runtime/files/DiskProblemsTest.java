package io.arrakis.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiskProblemsTest {

    static List<Arguments> causes() {
        return List.of(
                Arguments.of(new AccessDeniedException("/a/b"), "permission denied"),
                Arguments.of(new NoSuchFileException("/a/b"), "there is no such place"),
                Arguments.of(new FileAlreadyExistsException("/a/b"), "something else is in its place"),
                Arguments.of(new FileSystemException("/a/b", null, "Not a directory"), "Not a directory"),
                Arguments.of(new IOException("Is a directory"), "Is a directory"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void saysTheCauseAndNotThePathAgain(IOException cause, String reason) {
        assertThat(DiskProblems.reason(cause)).isEqualTo(reason);
        assertThat(DiskProblems.notWritten(Path.of("b"), cause))
                .hasMessage("b: error DIRECTORY: it cannot be written: " + reason
                        + "; choose a directory that you may write to");
    }
}
