package io.arrakis.runtime.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    private static final List<TensorSpec> SPECS = List.of(
            TensorSpec.floats("x.y", 2, 20_000),
            new TensorSpec("mask", DType.BOOL, List.of(3L)),
            TensorSpec.longs("ids", 2),
            TensorSpec.floats("none", 0, 4));

    @TempDir
    private Path directory;

    private Path write(String name) throws IOException {
        Path path = directory.resolve(name);
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, SPECS, Map.of("who", "\u00e9 \"<"))) {
            writer.append("x.y", FloatBuffer.wrap(ramp(0, 30_000)));
            writer.append("ids", LongBuffer.wrap(new long[] {-1, 1L << 40}));
            writer.appendBytes("mask", ByteBuffer.wrap(new byte[] {1, 0, 1}));
            writer.append("x.y", FloatBuffer.wrap(ramp(30_000, 10_000)));
            writer.commit();
        }
        return path;
    }

    private static float[] ramp(int first, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i;
        }
        return values;
    }

    @Test
    void piecesPutInAnyOrderGiveTheFileThatAppendingGives() throws IOException {
        List<TensorSpec> specs = List.of(TensorSpec.floats("x", 40_000));
        try (SafetensorsWriter writer = SafetensorsWriter.create(directory.resolve("put"), specs, Map.of())) {
            writer.put("x", 25_000, FloatBuffer.wrap(ramp(25_000, 15_000)));
            writer.put("x", 0, FloatBuffer.wrap(ramp(0, 25_000)));
            writer.commit();
        }
        try (SafetensorsWriter writer = SafetensorsWriter.create(directory.resolve("appended"), specs, Map.of())) {
            writer.append("x", FloatBuffer.wrap(ramp(0, 40_000)));
            writer.commit();
        }
        assertThat(directory.resolve("put")).hasSameBinaryContentAs(directory.resolve("appended"));
        SafetensorsFile.open(directory.resolve("put")).verify();
    }

    @Test
    void refusesAPieceBeyondTheEnd() throws IOException {
        List<TensorSpec> specs = List.of(TensorSpec.floats("x", 4));
        try (SafetensorsWriter writer = SafetensorsWriter.create(directory.resolve("put"), specs, Map.of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> writer.put("x", 3, FloatBuffer.wrap(new float[2])));
        }
    }

    @Test
    void givesBackWhatWasWrittenInPieces() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(write("a.safetensors"));

        assertThat(file.metadata()).containsEntry("who", "\u00e9 \"<");
        assertThat(file.floats("x.y")).containsExactly(ramp(0, 40_000));
        assertThat(file.longs("ids")).containsExactly(-1, 1L << 40);
        assertThat(file.bytes("mask", 0, 3).get(2)).isEqualTo((byte) 1);
        assertThat(file.floats("none")).isEmpty();
        assertThat(file.entries().values())
                .allSatisfy(entry ->
                        assertThat(entry.offset() % entry.dtype().bytes()).isZero());
        assertThatCode(file::verify).doesNotThrowAnyException();
    }

    @Test
    void givesEqualBytesForEqualCalls() throws IOException {
        assertThat(write("a.safetensors")).hasSameBinaryContentAs(write("b.safetensors"));
    }

    @Test
    void seesEveryChangedByteOfTheData() throws IOException {
        Path path = write("a.safetensors");
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - 1] ^= 1;
        Files.write(path, bytes);

        assertThatThrownBy(() -> SafetensorsFile.open(path).verify())
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("'mask' is not what was written");
    }

    @Test
    void leavesNothingBehindUnlessCommitted() throws IOException {
        Path path = directory.resolve("a.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, SPECS, Map.of())) {
            writer.append("ids", LongBuffer.allocate(2));
            writer.append("x.y", FloatBuffer.wrap(ramp(0, 10)));
            assertThatIllegalStateException()
                    .isThrownBy(writer::commit)
                    .withMessageContaining("only 40 bytes were written");
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void keepsTheOldFileUntilTheNewOneIsComplete() throws IOException {
        Path path = Files.writeString(directory.resolve("a.safetensors"), "old");
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, List.of(TensorSpec.longs("n", 1)), Map.of())) {
            writer.append("n", LongBuffer.wrap(new long[] {7}));
            assertThat(path).hasContent("old");
            writer.commit();
        }

        assertThat(SafetensorsFile.open(path).longs("n")).containsExactly(7);
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        Path path = directory.resolve("a.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, SPECS, Map.of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> writer.append("ids", LongBuffer.allocate(3)));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.append("ids", FloatBuffer.allocate(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.append("idz", FloatBuffer.allocate(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.appendBytes("ids", ByteBuffer.allocate(9)));
        }
        List<TensorSpec> twice = List.of(TensorSpec.longs("n", 1), TensorSpec.floats("n", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsWriter.create(path, twice, Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> TensorSpec.longs("__metadata__", 1));
    }
}
