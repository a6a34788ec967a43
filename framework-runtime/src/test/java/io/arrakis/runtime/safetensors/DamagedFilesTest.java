package io.arrakis.runtime.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is done to a file, it opens with entries that hold together, or it is refused with a place and a reason; and no
 * lie in it makes the reader allocate much.
 */
class DamagedFilesTest {

    private static final long ALLOCATION_LIMIT = 1 << 20;

    private static final Path PATH = Path.of("file.safetensors");

    private static byte[] intact;
    private static int headerBytes;

    @BeforeContainer
    static void writeAnIntactFile() throws IOException {
        Path path = Files.createTempFile("intact", ".safetensors");
        List<TensorSpec> specs = List.of(
                TensorSpec.floats("model.layers.0.weight", 3, 4),
                TensorSpec.longs("ids", 2),
                new TensorSpec("half", DType.BF16, List.of(5L)),
                new TensorSpec("mask", DType.BOOL, List.of()));
        try (SafetensorsWriter writer = SafetensorsWriter.create(path, specs, Map.of("format", "pt"))) {
            writer.append("model.layers.0.weight", FloatBuffer.allocate(12));
            writer.append("ids", LongBuffer.allocate(2));
            writer.appendBytes("half", ByteBuffer.allocate(10));
            writer.appendBytes("mask", ByteBuffer.allocate(1));
            writer.commit();
        }
        intact = Files.readAllBytes(path);
        Files.delete(path);
        headerBytes = intact.length - 75;
    }

    @Property(tries = 3000, seed = "11")
    void flippedBits(@ForAll @Size(min = 1, max = 6) List<@IntRange(max = 4000) Integer> places) {
        byte[] bytes = intact.clone();
        for (int place : places) {
            bytes[place / 8 % headerBytes] ^= (byte) (1 << place % 8);
        }
        opensOrIsRefused(bytes);
    }

    @Property(tries = 1000, seed = "12")
    void replacedBytes(@ForAll @IntRange(max = 600) int at, @ForAll("fragments") String fragment) {
        byte[] bytes = intact.clone();
        byte[] replacement = fragment.getBytes(StandardCharsets.UTF_8);
        int start = 8 + at % (headerBytes - 8);
        System.arraycopy(replacement, 0, bytes, start, Math.min(replacement.length, bytes.length - start));
        opensOrIsRefused(bytes);
    }

    @Property(tries = 600, seed = "13")
    void cutOff(@ForAll @IntRange(max = 600) int length) {
        byte[] bytes = Arrays.copyOf(intact, length % intact.length);
        assertThat(opensOrIsRefused(bytes))
                .as("opens after being cut to %d bytes", bytes.length)
                .isFalse();
    }

    @Property(tries = 1000, seed = "14")
    void liesAboutTheLength(@ForAll long length) {
        byte[] bytes = intact.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        opensOrIsRefused(bytes);
    }

    @Property(tries = 3000, seed = "15")
    void headersOfFragments(@ForAll @Size(max = 40) List<@From("fragments") String> fragments) {
        opensOrIsRefused(RawFile.bytes("{" + String.join("", fragments), new byte[16]));
    }

    @Property(tries = 2000, seed = "16")
    void arbitraryBytes(@ForAll @Size(max = 200) byte[] bytes) {
        opensOrIsRefused(bytes);
    }

    @Provide
    Arbitrary<String> fragments() {
        Arbitrary<String> grammar = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\"t\":",
                "\"u\":",
                "\"dtype\":",
                "\"F32\"",
                "\"BF16\"",
                "\"BOOL\"",
                "\"shape\":",
                "[2,2]",
                "[4]",
                "[]",
                "\"data_offsets\":",
                "[0,16]",
                "[0,8]",
                "[8,16]",
                "\"__metadata__\":",
                "{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}",
                "null",
                "true",
                "-1",
                "1e9",
                "\\u0000",
                "9223372036854775807",
                "18446744073709551616",
                "0.5",
                " ",
                "\n",
                "\t",
                "\u00e9",
                "\ud83e\udd86");
        return Arbitraries.frequencyOf(
                Tuple.of(8, grammar), Tuple.of(1, Arbitraries.strings().ofMaxLength(5)));
    }

    /** Returns whether the bytes could be opened. */
    private static boolean opensOrIsRefused(byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Optional<DamagedFileException> refusal = refusal(bytes);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).isLessThan(ALLOCATION_LIMIT);
        refusal.ifPresent(e -> {
            assertThat(e.offset()).isBetween(0L, (long) bytes.length);
            assertThat(e).hasMessageContaining("file.safetensors");
        });
        return refusal.isEmpty();
    }

    private static Optional<DamagedFileException> refusal(byte[] bytes) {
        try {
            readAll(new SafetensorsFile(MappedFile.of(PATH, bytes)), bytes.length);
            return Optional.empty();
        } catch (DamagedFileException e) {
            return Optional.of(e);
        }
    }

    /** What the first file costs is mostly classes, those of the assertions among them. */
    @BeforeContainer
    static void loadClasses() {
        assertThat(refusal(new byte[3])).isPresent();
        assertThat(refusal("12345678{".getBytes(StandardCharsets.UTF_8))).isPresent();
    }

    private static void readAll(SafetensorsFile file, long size) {
        for (TensorEntry entry : file.entries().values()) {
            assertThat(entry.offset() + entry.bytes()).isBetween(8L, size);
            assertThat(file.bytes(entry.name(), 0, (int) entry.elements()).remaining())
                    .isEqualTo((int) entry.bytes());
        }
    }
}
