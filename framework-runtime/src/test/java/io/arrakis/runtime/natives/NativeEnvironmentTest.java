package io.arrakis.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.testkit.JavaProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeEnvironmentTest {

    private static final List<String> PROPERTIES = List.of(
            "org.bytedeco.javacpp.cachedir",
            "org.bytedeco.javacpp.maxphysicalbytes",
            "DJL_CACHE_DIR",
            "ai.djl.offline",
            "OPT_OUT_TRACKING");

    private final Properties before = new Properties();

    @TempDir
    private Path directory;

    @BeforeEach
    void forgetProperties() {
        before.putAll(System.getProperties());
        PROPERTIES.forEach(System::clearProperty);
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    @Test
    void unpacksUnderTheCacheDirectoryAndKeepsDjlQuiet() {
        NativeEnvironment.prepare(directory);
        assertThat(System.getProperty("org.bytedeco.javacpp.cachedir"))
                .isEqualTo(directory.resolve("natives/javacpp").toString());
        assertThat(System.getProperty("DJL_CACHE_DIR"))
                .isEqualTo(directory.resolve("natives/djl").toString());
        assertThat(System.getProperty("org.bytedeco.javacpp.maxphysicalbytes")).isEqualTo("0");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(directory.resolve("natives/javacpp")).isEmptyDirectory();
    }

    @Test
    void keepsWhatTheUserHasSet() {
        System.setProperty(
                "org.bytedeco.javacpp.cachedir", directory.resolve("mine").toString());
        NativeEnvironment.prepare(directory);
        assertThat(System.getProperty("org.bytedeco.javacpp.cachedir"))
                .isEqualTo(directory.resolve("mine").toString());
    }

    @Test
    void saysHowToMendADirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> NativeEnvironment.prepare(file))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIRECTORY))
                .hasMessageContaining(file.resolve("natives").toString())
                .hasMessageContaining("native libraries cannot be unpacked here")
                .hasMessageContaining("--cache-dir or ARRAKIS_CACHE_DIR");
    }

    @Test
    void loadsInOneThreadAtATime() {
        NativeEnvironment environment = NativeEnvironment.prepare(directory);
        AtomicInteger inside = new AtomicInteger();
        int most = IntStream.range(0, 8)
                .parallel()
                .map(i -> environment.load(() -> {
                    int seen = inside.incrementAndGet();
                    LockSupport.parkNanos(1000);
                    inside.decrementAndGet();
                    return seen;
                }))
                .max()
                .orElseThrow();
        assertThat(most).isEqualTo(1);
    }

    @Test
    void waitsForAnotherProcessThatLoads() throws Exception {
        NativeEnvironment environment = NativeEnvironment.prepare(directory);
        Path taken = directory.resolve("taken");
        List<String> command = JavaProcess.command(
                List.of(),
                LockHolder.class,
                List.of(directory.resolve("natives/.lock").toString(), taken.toString()));
        Process other = new ProcessBuilder(command).inheritIO().start();
        while (!Files.exists(taken)) {
            assertThat(other.isAlive()).isTrue();
            Thread.sleep(10);
        }
        boolean released = environment.load(() -> !Files.exists(taken));
        assertThat(released).isTrue();
        assertThat(other.waitFor()).isZero();
    }

    /** Another process: takes the lock, says so with a file, and takes the file away before it lets go. */
    static final class LockHolder {

        private static final int MILLIS = 300;

        private LockHolder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path taken = Path.of(arguments[1]);
            try (FileChannel channel = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                Files.createFile(taken);
                Thread.sleep(MILLIS);
                Files.delete(taken);
                lock.release();
            }
        }
    }
}
