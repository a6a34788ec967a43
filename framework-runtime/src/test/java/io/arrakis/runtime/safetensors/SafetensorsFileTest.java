package io.arrakis.runtime.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    private static final String TWO_TENSORS = """
            {"__metadata__": {"format": "pt"}, \
            "b": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]}, \
            "a": {"dtype": "I64", "shape": [], "data_offsets": [0, 8]}} \s""";

    @TempDir
    private Path directory;

    private Path file(byte[] bytes) {
        return RawFile.write(directory.resolve("file.safetensors"), bytes);
    }

    private Path twoTensors() {
        byte[] data = new byte[32];
        data[0] = 42;
        System.arraycopy(RawFile.floats(0, 1, 2, 3, 4, 5), 0, data, 8, 24);
        return file(RawFile.bytes(TWO_TENSORS, data));
    }

    @Test
    void readsWhatStandsThere() {
        SafetensorsFile file = SafetensorsFile.open(twoTensors());

        assertThat(file.metadata()).containsExactly(Map.entry("format", "pt"));
        assertThat(file.entries().keySet()).containsExactly("a", "b");
        assertThat(file.entry("b").shape()).containsExactly(2L, 3L);
        assertThat(file.entry("a").shape()).isEmpty();
        assertThat(file.floats("b")).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(file.longs("a")).containsExactly(42);
    }

    @Test
    void readsAndCountsNoMoreThanIsAskedFor() {
        SafetensorsFile file = SafetensorsFile.open(twoTensors());
        FloatBuffer secondRow = FloatBuffer.allocate(3);

        file.read("b", 3, secondRow);

        assertThat(secondRow.array()).containsExactly(3, 4, 5);
        assertThat(file.bytesRead("b")).isEqualTo(12);
        assertThat(file.bytesRead("a")).isZero();
    }

    @Test
    void widensFloatingTypes() {
        byte[] data = {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x3f, 0, 0x3e, (byte) 0xc0, (byte) 0xbf};
        String header = """
                {"d": {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]},\
                "h": {"dtype": "F16", "shape": [1], "data_offsets": [8, 10]},\
                "b": {"dtype": "BF16", "shape": [1], "data_offsets": [10, 12]}}""";
        SafetensorsFile file = SafetensorsFile.open(file(RawFile.bytes(header, data)));

        assertThat(file.floats("d")).containsExactly(1.5f);
        assertThat(file.floats("h")).containsExactly(1.5f);
        assertThat(file.floats("b")).containsExactly(-1.5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 1000, 4096, 1 << 20})
    void readsAcrossMappings(int stride) {
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        String header = "{\"t\": {\"dtype\": \"F32\", \"shape\": [5000], \"data_offsets\": [0, 20000]}}";
        Path path = file(RawFile.bytes(header, RawFile.floats(values)));

        SafetensorsFile file = SafetensorsFile.open(path, stride);

        assertThat(file.floats("t")).containsExactly(values);
        assertThat(file.bytesRead("t")).isEqualTo(20000);
    }

    @Test
    void whatWasOpenedIsReadAlthoughTheFileWasReplacedOrRemoved() throws IOException {
        float[] values = new float[100_000];
        Arrays.fill(values, 3);
        String header = "{\"t\": {\"dtype\": \"F32\", \"shape\": [100000], \"data_offsets\": [0, 400000]}}";
        Path path = file(RawFile.bytes(header, RawFile.floats(values)));
        SafetensorsFile file = SafetensorsFile.open(path);

        Path other = directory.resolve("other");
        Files.write(other, RawFile.bytes(header, RawFile.floats(new float[100_000])));
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        assertThat(file.floats("t")).containsExactly(values);
        assertThat(SafetensorsFile.open(path).floats("t")).containsOnly(0);
        Files.delete(path);
        assertThat(file.floats("t")).containsExactly(values);
    }

    @Test
    void readsRunsOneAfterTheOther() {
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        String header = "{\"t\": {\"dtype\": \"F32\", \"shape\": [5000], \"data_offsets\": [0, 20000]}}";
        SafetensorsFile file = SafetensorsFile.open(file(RawFile.bytes(header, RawFile.floats(values))));
        FloatBuffer runs = FloatBuffer.allocate(6);

        file.readRuns("t", new long[] {4997, 0}, 3, runs);

        assertThat(runs.array()).containsExactly(4997, 4998, 4999, 0, 1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.readRuns("t", new long[] {4998}, 3, FloatBuffer.allocate(3)));
    }

    /** A sparse file: five GiB by its length, a few blocks on disk. */
    @Tag("full")
    @Test
    void readsBeyondWhatOneMappingHolds() throws IOException {
        long gap = 5L << 30;
        String header = """
                {"gap": {"dtype": "U8", "shape": [%1$d], "data_offsets": [0, %1$d]},\
                "t": {"dtype": "F32", "shape": [2], "data_offsets": [%1$d, %2$d]}}""".formatted(gap, gap + 8);
        byte[] start = RawFile.bytes(header);
        Path path = directory.resolve("large.safetensors");
        try (RandomAccessFile large = new RandomAccessFile(path.toFile(), "rw")) {
            large.write(start);
            large.seek(start.length + gap);
            large.write(RawFile.floats(1.5f, -2));
        }

        SafetensorsFile file = SafetensorsFile.open(path);

        assertThat(file.floats("t")).containsExactly(1.5f, -2);
        assertThat(file.bytes("gap", gap - 16, 16).remaining()).isEqualTo(16);
    }

    @Test
    void refusesToReadIntegersAsNumbersAndBeyondTheEnd() {
        SafetensorsFile file = SafetensorsFile.open(twoTensors());

        assertThatIllegalArgumentException().isThrownBy(() -> file.floats("a")).withMessageContaining("dtype");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.read("b", 4, FloatBuffer.allocate(3)))
                .withMessageContaining("elements 4 to 7");
        assertThatIllegalArgumentException().isThrownBy(() -> file.floats("c")).withMessageContaining("no tensor 'c'");
    }

    @Test
    void saysWhichFileIsMissing() {
        Path missing = directory.resolve("none.safetensors");

        assertThatThrownBy(() -> SafetensorsFile.open(missing))
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_MISSING))
                .hasMessageContaining(missing.toString());
    }

    static List<Arguments> damagedHeaders() {
        return List.of(
                damaged("", "a header of 0 bytes"),
                damaged("[]", "does not start with '{'"),
                damaged("{\"t\": 1}", "expected an object for 't'"),
                damaged("{\"t\": {}}", "needs dtype, shape and two data_offsets"),
                damaged(entry("F32", "[2]", "[0]"), "needs dtype, shape and two data_offsets"),
                damaged(entry("F32", "[2]", "[0, 4, 8]"), "a list of more than 2"),
                damaged(entry("F31", "[2]", "[0, 8]"), "unknown dtype 'F31'"),
                damaged(entry("F32", "[2.0]", "[0, 8]"), "expected a whole number"),
                damaged(entry("F32", "[-2]", "[0, 8]"), "negative number"),
                damaged(entry("F32", "[3]", "[0, 8]"), "so 12 bytes, but has 8"),
                damaged(entry("F32", "[2]", "[8, 0]"), "at 8 to 0 of 8 bytes"),
                damaged(entry("F32", "[4]", "[0, 16]"), "at 0 to 16 of 8 bytes"),
                damaged(entry("F32", "[9223372036854775807, 2]", "[0, 8]"), "impossible shape"),
                damaged(entry("F32", "[4294967296, 4294967296]", "[0, 8]"), "impossible shape"),
                damaged(entry("F32", "[99999999999999999999]", "[0, 8]"), "not JSON"),
                damaged(entry("F32", "[" + "1,".repeat(40) + "2]", "[0, 8]"), "a list of more than 32"),
                damaged(entry("F32", "[[2]]", "[0, 8]"), "nesting depth"),
                damaged(entry("F32", "[null]", "[0, 8]"), "expected a whole number"),
                damaged(entry("F32", "[1]", "[0, 4]"), "4 bytes belong to no tensor"),
                damaged(entry("F32", "[1]", "[4, 8]"), "leaves bytes out before it"),
                damaged(entry("F32", "[2]", "[0, 8]") + "{}", "text after the end"),
                damaged(entry("F32", "[2]", "[0, 8]").replace("\"shape\"", "\"sharp\""), "has a key 'sharp'"),
                damaged(
                        "{\"t\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]},"
                                + "\"u\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                        "overlaps the tensor before it"),
                damaged(
                        "{\"t\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]},"
                                + "\"t\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                        "Duplicate field 't'"),
                damaged("{\"__metadata__\": {\"a\": 1}}", "expected text for the metadata 'a'"),
                damaged("{\"t\": " + "[".repeat(100_000), "expected an object for 't'"),
                damaged("{\"t\": {\"dtype\":" + "[".repeat(100_000), "expected a dtype"),
                damaged("{\"t", "not JSON"),
                damaged("{\"" + "x".repeat(100_000) + "\": {}}", "not JSON"));
    }

    private static String entry(String dtype, String shape, String offsets) {
        return "{\"t\": {\"dtype\": \"" + dtype + "\", \"shape\": " + shape + ", \"data_offsets\": " + offsets + "}}";
    }

    private static Arguments damaged(String header, String message) {
        return Arguments.of(header, message);
    }

    @ParameterizedTest
    @MethodSource("damagedHeaders")
    void saysWhatIsWrongWithAHeader(String header, String message) {
        Path path = file(RawFile.bytes(header, new byte[8]));

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOfSatisfying(DamagedFileException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FILE);
                    assertThat(e.offset()).isBetween(0L, 8L + header.length() + 8);
                })
                .hasMessageContaining(path.toString())
                .hasMessageContaining("at byte ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1000, 1, 0})
    void refusesALengthThatCannotBe(long length) {
        Path path = file(RawFile.bytes(length, "{}".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("a header of " + Long.toUnsignedString(length) + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void refusesOtherEncodingsOfText(String charset) {
        byte[] header = "{}".getBytes(Charset.forName(charset));
        Path path = file(RawFile.bytes(header.length, header));

        assertThatThrownBy(() -> SafetensorsFile.open(path)).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void takesAFileWithoutTensorsAndTensorsWithoutElements() {
        String header = "{\"t\": {\"dtype\": \"F32\", \"shape\": [0, 7], \"data_offsets\": [0, 0]}}";

        assertThat(SafetensorsFile.open(file(RawFile.bytes("{}"))).entries()).isEmpty();
        assertThat(SafetensorsFile.open(file(RawFile.bytes(header))).floats("t"))
                .isEmpty();
    }
}
