package io.arrakis.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationCacheTest {

    private static final MatrixShape SHAPE = new MatrixShape(4, 3);

    @TempDir
    Path temp;

    private ActivationCache cache;

    @BeforeEach
    void open() {
        cache = new ActivationCache(CacheSettings.in(temp));
    }

    private static CacheKey key(String name) {
        return CacheKey.of(Map.of("name", name));
    }

    private void store(ActivationCache into, CacheKey key, float start) {
        try (MatrixWriter writer = into.write(key, SHAPE, Map.of("name", "test"))) {
            for (int row : new int[] {2, 0, 3, 1}) {
                float first = start + 3 * row;
                writer.put(row, FloatBuffer.wrap(new float[] {first, first + 1, first + 2}));
            }
            into.commit(writer);
        }
    }

    @Test
    void givesBackRowsThatCameInAnyOrder() {
        store(cache, key("a"), 0);
        cache.closeAll();
        ActivationMatrix matrix = cache.find(key("a"), SHAPE).orElseThrow();
        INDArray all = matrix.block(0, 4);
        assertThat(all.shape()).containsExactly(4, 3);
        assertThat(all.ordering()).isEqualTo('c');
        assertThat(all).isEqualTo(Nd4j.arange(12).castTo(all.dataType()).reshape('c', 4, 3));
        assertThat(matrix.block(2, 1).toFloatVector()).containsExactly(6, 7, 8);
        assertThat(matrix.gather(new int[] {3, 0, 3})).containsExactly(9, 10, 11, 0, 1, 2, 9, 10, 11);
        assertThat(matrix.block(1, 0).isEmpty()).isTrue();
    }

    @Test
    void productsOverMappedRowsAreThoseOfACopy() {
        store(cache, key("a"), 1);
        INDArray mapped = cache.find(key("a"), SHAPE).orElseThrow().block(1, 3);
        INDArray copy = mapped.dup('f');
        assertThat(mapped.mmul(mapped.transpose())).isEqualTo(copy.mmul(copy.transpose()));
    }

    @Test
    void otherProcessesSeeWhatIsFinishedAndNothingElse() {
        ActivationCache other = new ActivationCache(CacheSettings.in(temp));
        try (MatrixWriter writer = cache.write(key("a"), SHAPE, Map.of())) {
            writer.put(0, FloatBuffer.wrap(new float[12]));
            assertThat(other.find(key("a"), SHAPE)).isEmpty();
            cache.commit(writer);
        }
        assertThat(other.find(key("a"), SHAPE)).isPresent();
    }

    @Test
    void aWriterThatIsClosedBeforeItIsDoneLeavesNothing() {
        try (MatrixWriter writer = cache.write(key("a"), SHAPE, Map.of())) {
            writer.put(0, FloatBuffer.wrap(new float[3]));
            assertThatThrownBy(() -> cache.commit(writer)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(cache.has(key("a"))).isFalse();
        assertThat(cache.clear()).isZero();
    }

    @Test
    void everyFlippedByteIsFoundSetAsideAndMadeAgain() throws IOException {
        store(cache, key("a"), 0);
        Path file = onlyFile(".safetensors");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 7) {
            byte[] bad = good.clone();
            bad[at] ^= 0x20;
            Files.write(file, bad);
            ActivationCache fresh = new ActivationCache(CacheSettings.in(temp));
            boolean same = fresh.find(key("a"), SHAPE)
                    .map(matrix -> matrix.gather(new int[] {0, 1, 2, 3})[11] == 11f)
                    .orElse(true);
            assertThat(same).as("byte %s", at).isTrue();
            fresh.clear();
        }
        store(cache, key("a"), 0);
        assertThat(new ActivationCache(CacheSettings.in(temp)).find(key("a"), SHAPE))
                .isPresent();
    }

    @Test
    void damageIsCountedAndReported() throws IOException {
        store(cache, key("a"), 0);
        store(cache, key("b"), 0);
        Path file = temp.resolve(key("a").hash().substring(0, 2)).resolve(key("a").hash() + ".safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        ActivationCache other = new ActivationCache(CacheSettings.in(temp));
        assertThat(other.verify(path -> {})).hasSize(1);
        assertThat(other.info().damaged()).isEqualTo(1);
        assertThat(other.info().matrices()).isEqualTo(1);
        assertThat(other.find(key("a"), SHAPE)).isEmpty();
        assertThat(other.find(key("b"), SHAPE)).isPresent();
    }

    @Test
    void aFileUnderAnotherNameIsNotTakenForIt() throws IOException {
        store(cache, key("a"), 0);
        Path wrong = temp.resolve(key("b").hash().substring(0, 2)).resolve(key("b").hash() + ".safetensors");
        Files.createDirectories(wrong.getParent());
        Files.copy(onlyFile(".safetensors"), wrong);
        assertThat(cache.find(key("b"), SHAPE)).isEmpty();
    }

    @Test
    void leastRecentlyUsedFilesGoFirstAndNeededOnesStay() throws IOException {
        ActivationCache small = new ActivationCache(new CacheSettings(temp, 2_000, 1_000));
        for (String name : List.of("a", "b", "c")) {
            store(small, key(name), 0);
        }
        long each = Files.size(onlyFile(key("a").hash() + ".safetensors"));
        age("a", 3);
        age("b", 2);
        age("c", 1);
        small.find(key("b"), SHAPE);
        small.reserve(2_000 - 2 * each, Set.of(key("a")));
        assertThat(Stream.of("a", "b", "c").filter(name -> small.has(key(name)) && exists(name)))
                .containsExactly("a", "b");
    }

    private boolean exists(String name) {
        return Files.exists(
                temp.resolve(key(name).hash().substring(0, 2)).resolve(key(name).hash() + ".safetensors"));
    }

    private void age(String name, int hours) throws IOException {
        Files.setLastModifiedTime(
                onlyFile(key(name).hash() + ".safetensors"),
                FileTime.from(Instant.now().minusSeconds(3600L * hours)));
    }

    @Test
    void moreThanTheBudgetIsRefusedBeforeAnythingIsWritten() {
        ActivationCache small = new ActivationCache(new CacheSettings(temp, 1_000, 1_000));
        assertThatThrownBy(() -> small.reserve(2_000, Set.of()))
                .hasMessageContaining("the activations need 2.0 kB, the cache may hold 1.0 kB")
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.CACHE_LIMIT);
    }

    @Test
    void moreThanTheDiskHasIsRefusedBeforeAnythingIsWritten() {
        ActivationCache large = new ActivationCache(new CacheSettings(temp, Long.MAX_VALUE, 1_000));
        assertThatThrownBy(() -> large.reserve(Long.MAX_VALUE / 2, Set.of()))
                .hasMessageContaining("are free; free some space")
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.DISK_FULL);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaid() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> new ActivationCache(CacheSettings.in(file.resolve("cache"))).reserve(1, Set.of()))
                .isInstanceOf(ArrakisException.class)
                .extracting(e -> ((ArrakisException) e).code())
                .isEqualTo(ErrorCode.DIRECTORY);
    }

    @Test
    void oneMakerAtATimeAndWhoWaitsCanGiveUp() {
        try (CacheHold held = cache.lock(List.of(key("a"), key("b")), () -> {})) {
            assertThat(held).isNotNull();
            ActivationCache other = new ActivationCache(CacheSettings.in(temp));
            assertThatThrownBy(() -> other.lock(List.of(key("b")), () -> {
                        throw new CancellationException("enough");
                    }))
                    .hasMessage("enough");
        }
        cache.lock(List.of(key("b")), () -> {
                    throw new CancellationException("not free");
                })
                .close();
    }

    @Test
    void clearRemovesEverythingAndSaysHowMuch() {
        store(cache, key("a"), 0);
        long bytes = cache.info().bytes();
        assertThat(bytes).isGreaterThan(SHAPE.bytes());
        assertThat(cache.clear()).isEqualTo(bytes);
        assertThat(cache.info().matrices()).isZero();
        assertThat(cache.find(key("a"), SHAPE)).isEmpty();
    }

    @Test
    void keysDifferWhereAnyPartDoes() {
        Map<String, String> parts = new TreeMap<>(Map.of("hook", "ab", "rows", "c"));
        assertThat(CacheKey.of(parts)).isEqualTo(CacheKey.of(Map.copyOf(parts)));
        assertThat(CacheKey.of(parts)).isNotEqualTo(CacheKey.of(Map.of("hook", "a", "rows", "bc")));
        assertThat(CacheKey.of(parts)).isNotEqualTo(CacheKey.of(Map.of("hook", "ab")));
        assertThatThrownBy(() -> new CacheKey("../etc")).isInstanceOf(IllegalArgumentException.class);
    }

    /** Sparse: 2.2 GiB of addresses, a few pages of disk. */
    @Test
    void rowsBeyondTwoGibibytesAreReadInPlace() throws IOException {
        MatrixShape large = new MatrixShape(600_000, 1_000);
        ActivationMatrix matrix = new ActivationMatrix(SafetensorsFile.open(sparse(large)), large);
        assertThat(matrix.gather(new int[] {599_999})[999]).isEqualTo(2f);
        INDArray all = matrix.block(0, 600_000);
        assertThat(all.shape()).containsExactly(600_000, 1_000);
        assertThat(all.getFloat(0, 0)).isEqualTo(1f);
        assertThat(all.getFloat(599_999, 999)).isEqualTo(2f);
        assertThat(matrix.block(300_000, 300_000).getFloat(299_999, 999)).isEqualTo(2f);
        assertThat(matrix.block(599_998, 2).getFloat(1, 999)).isEqualTo(2f);
    }

    private Path sparse(MatrixShape shape) throws IOException {
        String json = "{\"activations\":{\"dtype\":\"F32\",\"shape\":[" + shape.rows() + "," + shape.width()
                + "],\"data_offsets\":[0," + shape.bytes() + "]}}";
        byte[] header = (json + " ".repeat(-json.length() & 63)).getBytes(StandardCharsets.US_ASCII);
        Path file = temp.resolve("large.safetensors");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ByteBuffer start = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(start.putLong(header.length).put(header).putFloat(1f).flip(), 0);
            ByteBuffer end = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(end.putFloat(2f).flip(), 8 + header.length + shape.bytes() - 4);
        }
        return file;
    }

    private Path onlyFile(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
