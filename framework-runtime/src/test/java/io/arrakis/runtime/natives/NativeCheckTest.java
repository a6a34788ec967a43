package io.arrakis.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeCheckTest {

    private static final Processor MODERN = new Processor("amd64", List.of("sse2", "avx2"));

    @TempDir
    private Path directory;

    private NativeEnvironment environment;
    private final List<String> ran = new ArrayList<>();

    @BeforeEach
    void prepare() {
        environment = NativeEnvironment.prepare(directory);
    }

    @Test
    void runsAllProbesWhereAllIsRight() {
        new NativeCheck(MODERN).run(environment, List.of(probe("a", null), probe("b", null)));
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void endsWithTheFirstDifference() {
        assertThatThrownBy(() -> new NativeCheck(MODERN)
                        .run(environment, List.of(probe("a", null), probe("b", "1 is 2"), probe("c", null))))
                .isInstanceOf(WrongNumbersException.class)
                .hasMessage("b: error NATIVES: it computes wrong numbers on this processor: 1 is 2; set"
                        + " OPENBLAS_CORETYPE to a kind of kernels that computes right, such as Haswell, Zen or"
                        + " Sandybridge");
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void saysThatALibraryCannotBeLoaded() {
        Supplier<NativeProbe> broken = () -> {
            throw new UnsatisfiedLinkError("no such library");
        };
        assertThatThrownBy(() -> new NativeCheck(MODERN).run(environment, List.of(broken)))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NATIVES))
                .hasMessageContaining("a library cannot be loaded: no such library");
    }

    @Test
    void refusesAProcessorWithoutAvx2BeforeAnythingLoads() {
        NativeCheck check = new NativeCheck(new Processor("amd64", List.of("sse2")));
        assertThatThrownBy(() -> check.run(environment, List.of(probe("a", null))))
                .isInstanceOf(ArrakisException.class)
                .hasMessageStartingWith("processor: error NATIVES: it has no AVX2");
        assertThat(ran).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "amd64, flags\t\t: fpu sse2 avx, true",
        "amd64, flags\t\t: fpu avx2 avx, false",
        "x86_64, flags\t\t: avx512f, true",
        "aarch64, Features : asimd, false",
        "amd64, '', false"
    })
    void readsTheFlagsOfLinux(String architecture, String line, boolean lacks) throws IOException {
        Path cpuinfo = Files.writeString(directory.resolve("cpuinfo"), "processor : 0\n" + line + "\nbugs : x\n");
        assertThat(Processor.of(architecture, cpuinfo).lacksAvx2()).isEqualTo(lacks);
    }

    @Test
    void knowsNothingWithoutTheFile() {
        assertThat(Processor.of("amd64", directory.resolve("none")).lacksAvx2()).isFalse();
    }

    private Supplier<NativeProbe> probe(String library, String difference) {
        return () -> new NativeProbe() {
            @Override
            public String library() {
                return library;
            }

            @Override
            public Optional<String> difference() {
                ran.add(library);
                return Optional.ofNullable(difference);
            }
        };
    }
}
