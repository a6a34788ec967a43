package io.arrakis.runtime.natives;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Settings that the native libraries read once, when the first of their classes loads.
 *
 * <p>JavaCPP (ND4J, OpenBLAS) and DJL (libtorch, tokenizers) unpack their libraries under the cache directory rather than the
 * home, DJL is told not to open a connection of its own, and JavaCPP not to count libtorch's memory as its own. What the user
 * has set stays. Must be prepared before any class of JavaCPP, ND4J or DJL is touched. Safe for use by several threads.
 */
public final class NativeEnvironment {

    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";
    private static final String DJL_CACHE = "DJL_CACHE_DIR";
    private static final Object LOADING = new Object();

    private final Path directory;

    private NativeEnvironment(Path directory) {
        this.directory = directory;
    }

    /**
     * Sets what is not set yet, and makes the directories.
     *
     * @param cacheDirectory the cache directory of Arrakis; libraries go to {@code natives} in it
     * @throws ArrakisException of code DIRECTORY where they could not be unpacked
     */
    public static NativeEnvironment prepare(Path cacheDirectory) {
        Path natives = cacheDirectory.toAbsolutePath().resolve("natives");
        setIfAbsent(JAVACPP_CACHE, natives.resolve("javacpp").toString());
        setIfAbsent(DJL_CACHE, natives.resolve("djl").toString());
        setIfAbsent("org.bytedeco.javacpp.maxphysicalbytes", "0"); // counts the whole process otherwise
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        NativeEnvironment environment = new NativeEnvironment(natives);
        requireWritable(natives);
        requireWritable(Path.of(System.getProperty(JAVACPP_CACHE)));
        requireWritable(Path.of(firstOf(System.getenv(), DJL_CACHE)));
        return environment;
    }

    /**
     * Sets the number of threads that libtorch starts with; must come before it loads.
     *
     * @param threads for one operation; operations run one after the other
     */
    public void useThreads(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Returns a setting as DJL reads it: from the environment, then from the properties. */
    private static String firstOf(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? System.getProperty(name) : value;
    }

    private static void requireWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".writable", null));
        } catch (IOException | SecurityException e) {
            throw unwritable(directory, e);
        }
    }

    private static ArrakisException unwritable(Path directory, Exception cause) {
        return new ArrakisException(
                List.of(Problem.error(
                        ErrorCode.DIRECTORY,
                        SourceLocation.of(directory.toString()),
                        "native libraries cannot be unpacked here: " + DiskProblems.reason(cause),
                        "give a directory that can be written with --cache-dir or ARRAKIS_CACHE_DIR")),
                cause);
    }

    /**
     * Loads a native library while no other thread and no other process that shares the directory does, so that none sees a
     * library half unpacked.
     *
     * @param load touches the first class of a library
     * @return what it returns
     */
    public <T> T load(Supplier<T> load) {
        synchronized (LOADING) {
            Path file = directory.resolve(".lock");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return load.get();
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }
    }
}
