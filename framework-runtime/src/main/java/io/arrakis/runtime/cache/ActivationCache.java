package io.arrakis.runtime.cache;

import io.arrakis.api.model.KeptType;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.safetensors.DType;
import io.arrakis.runtime.safetensors.DamagedFileException;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import io.arrakis.runtime.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matrices of activations by key, in files that several processes share and in a list of those kept open.
 *
 * <p>A file appears whole, by a rename; it is never changed after. Each is checked against its checksum when a process opens it
 * first; a damaged one is set aside and is made again. Files beyond the budget go, least recently used first; who has one open
 * can read on. Safe for use by several threads.
 */
public final class ActivationCache {

    private static final Logger LOG = LoggerFactory.getLogger(ActivationCache.class);
    private static final String KEY = "arrakis.key";
    /** Beside the matrices themselves: headers, the file system's own needs, the run directory. */
    private static final long MARGIN_BYTES = 64L << 20;

    private final CacheSettings settings;
    private final CacheFiles files;
    private final KeyLocks locks;
    private final LinkedHashMap<CacheKey, ActivationMatrix> open = new LinkedHashMap<>(16, 0.75f, true);
    private long openBytes;

    /** Uses a directory; nothing is read or written yet. */
    public ActivationCache(CacheSettings settings) {
        this.settings = settings;
        this.files = new CacheFiles(settings.directory());
        this.locks = new KeyLocks(settings.directory().resolve("locks"));
    }

    /** Returns a matrix if it is here and whole; marks it as used. */
    public Optional<ActivationMatrix> find(CacheKey key, MatrixShape shape) {
        synchronized (open) {
            ActivationMatrix known = open.get(key);
            if (known != null) {
                CacheFiles.touch(known.path());
                return Optional.of(known);
            }
        }
        Path path = files.path(key);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            ActivationMatrix matrix = read(path, key, Optional.of(shape));
            CacheFiles.touch(path);
            keepOpen(key, matrix);
            return Optional.of(matrix);
        } catch (ArrakisException e) {
            if (!Files.exists(path)) {
                return Optional.empty(); // another process has just removed it
            }
            Path aside = CacheFiles.setAside(path);
            LOG.warn("set aside as {}, and made again: {}", aside.getFileName(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether a matrix seems to be here; it may still prove damaged, or go, before it is opened. */
    public boolean has(CacheKey key) {
        synchronized (open) {
            if (open.containsKey(key)) {
                return true;
            }
        }
        return Files.isRegularFile(files.path(key));
    }

    private static ActivationMatrix read(Path path, CacheKey key, Optional<MatrixShape> expected) {
        SafetensorsFile file = SafetensorsFile.open(path);
        TensorEntry entry = file.entries().get(ActivationMatrix.TENSOR);
        boolean fits = entry != null
                && entry.shape().size() == 2
                && type(entry.dtype()).isPresent()
                && key.hash().equals(file.metadata().get(KEY));
        if (!fits) {
            throw new DamagedFileException(path, 0, "it is not the matrix that its name says");
        }
        MatrixShape shape = new MatrixShape(
                Math.toIntExact(entry.shape().get(0)),
                Math.toIntExact(entry.shape().get(1)),
                type(entry.dtype()).orElseThrow());
        if (!shape.equals(expected.orElse(shape))) {
            throw new DamagedFileException(path, 0, "it holds " + shape + ", not " + expected.get());
        }
        file.verify();
        return new ActivationMatrix(file, shape);
    }

    private static Optional<KeptType> type(DType dtype) {
        return Arrays.stream(KeptType.values())
                .filter(type -> DType.of(type) == dtype)
                .findFirst();
    }

    private void keepOpen(CacheKey key, ActivationMatrix matrix) {
        synchronized (open) {
            if (open.putIfAbsent(key, matrix) == null) {
                openBytes += matrix.shape().bytes();
            }
            var eldest = open.entrySet().iterator();
            while (openBytes > settings.memoryBytes() && open.size() > 1) {
                openBytes -= eldest.next().getValue().shape().bytes();
                eldest.remove();
            }
        }
    }

    /** Forgets which matrices are open, as a new process would. */
    public void closeAll() {
        synchronized (open) {
            open.clear();
            openBytes = 0;
        }
    }

    /**
     * Makes room for new matrices: removes the least recently used files beyond the budget.
     *
     * @param bytes    what is going to be written
     * @param needed   keys that must stay
     * @throws ArrakisException with {@code CACHE-LIMIT} if the budget cannot take it, {@code DISK-FULL} if the disk cannot
     */
    public void reserve(long bytes, Set<CacheKey> needed) {
        AtomicFiles.makeDirectory(settings.directory());
        files.abandoned().forEach(file -> CacheFiles.delete(file.path()));
        if (bytes > settings.diskBytes()) {
            throw new ArrakisException(
                    ErrorCode.CACHE_LIMIT,
                    settings.directory().toString(),
                    "the activations need " + Sizes.of(bytes) + ", the cache may hold "
                            + Sizes.of(settings.diskBytes()),
                    "ask for fewer hook points, for pooled rows or for fewer texts, or set ARRAKIS_CACHE_BYTES");
        }
        evict(bytes, needed);
        long free = freeBytes();
        if (free < bytes + MARGIN_BYTES) {
            throw new ArrakisException(
                    ErrorCode.DISK_FULL,
                    settings.directory().toString(),
                    "the activations need " + Sizes.of(bytes) + ", and " + Sizes.of(free) + " are free",
                    "free some space, choose another disk with --cache-dir, or run arrakis cache clear");
        }
    }

    private void evict(long bytes, Set<CacheKey> needed) {
        List<CacheFiles.Stored> stored = new ArrayList<>(files.finished());
        long total = stored.stream().mapToLong(CacheFiles.Stored::bytes).sum();
        stored.sort(Comparator.comparing(CacheFiles.Stored::used));
        for (CacheFiles.Stored file : stored) {
            boolean stays = CacheFiles.key(file.path()).filter(needed::contains).isPresent();
            if (total + bytes > settings.diskBytes() && !stays) {
                CacheFiles.delete(file.path());
                total -= file.bytes();
            }
        }
    }

    /** Holds the right to make some matrices; nobody else makes them meanwhile. */
    public CacheHold lock(Collection<CacheKey> keys, Runnable whileWaiting) {
        return locks.acquire(keys, whileWaiting::run);
    }

    /**
     * Starts to write a matrix.
     *
     * @param parts what the key was made of, for people
     */
    public MatrixWriter write(CacheKey key, MatrixShape shape, Map<String, String> parts) {
        Path target = files.path(key);
        AtomicFiles.makeDirectory(target.getParent());
        Map<String, String> metadata = new LinkedHashMap<>(parts);
        metadata.put(KEY, key.hash());
        return new MatrixWriter(key, shape, target, metadata);
    }

    /** Lets a matrix appear that was written, and opens it. */
    public ActivationMatrix commit(MatrixWriter writer) {
        writer.commit();
        ActivationMatrix matrix = read(files.path(writer.key()), writer.key(), Optional.of(writer.shape()));
        keepOpen(writer.key(), matrix);
        return matrix;
    }

    /** Returns the directory that it keeps its files in; what lies there under a name of another form is left alone. */
    public Path directory() {
        return settings.directory();
    }

    /** Returns what is here. */
    public CacheInfo info() {
        List<CacheFiles.Stored> finished = files.finished();
        List<CacheFiles.Stored> damaged = files.damaged();
        return new CacheInfo(
                settings.directory(),
                finished.size(),
                finished.stream().mapToLong(CacheFiles.Stored::bytes).sum(),
                settings.diskBytes(),
                damaged.size(),
                damaged.stream().mapToLong(CacheFiles.Stored::bytes).sum(),
                freeBytes());
    }

    /**
     * Reads every file and sets aside what is damaged.
     *
     * @param seen takes each file as it was checked
     * @return the files that were damaged, under their new names
     */
    public List<Path> verify(Consumer<Path> seen) {
        List<Path> damaged = new ArrayList<>();
        for (CacheFiles.Stored stored : files.finished()) {
            try {
                read(stored.path(), CacheFiles.key(stored.path()).orElseThrow(), Optional.empty());
            } catch (ArrakisException e) {
                if (Files.exists(stored.path())) {
                    LOG.warn("{}", e.getMessage());
                    damaged.add(CacheFiles.setAside(stored.path()));
                }
            }
            seen.accept(stored.path());
        }
        return damaged;
    }

    /** Removes every file, damaged and unfinished ones too; returns the number of bytes that this frees. */
    public long clear() {
        closeAll();
        List<CacheFiles.Stored> all = new ArrayList<>(files.finished());
        all.addAll(files.damaged());
        all.addAll(files.unfinished());
        all.forEach(file -> CacheFiles.delete(file.path()));
        return all.stream().mapToLong(CacheFiles.Stored::bytes).sum();
    }

    private long freeBytes() {
        Path existing = settings.directory().toAbsolutePath();
        while (!Files.isDirectory(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            throw DiskProblems.notWritten(existing, e);
        }
    }
}
