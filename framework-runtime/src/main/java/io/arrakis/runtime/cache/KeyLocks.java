package io.arrakis.runtime.cache;

import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Locks that several processes, and several threads of one, hold while they make matrices. A key's lock is one of a fixed number
 * of files, so that none are left behind; they are taken in the order of their names, so that two holders never wait for each
 * other. The operating system frees the locks of a process that dies.
 */
final class KeyLocks {

    private static final int DIGITS = 2;
    private static final long PAUSE_MILLIS = 50;
    /** File locks belong to the process: its threads need locks of their own. */
    private static final Map<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path directory;

    KeyLocks(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Asked again and again while waiting; throws to give up. */
    @FunctionalInterface
    interface Waiting {
        void check();
    }

    /** Locks that are held until this is closed. */
    static final class Held implements CacheHold {
        private final Deque<Runnable> releases = new ArrayDeque<>();

        @Override
        public void close() {
            while (!releases.isEmpty()) {
                releases.pop().run();
            }
        }
    }

    /** Takes the locks of keys, and waits for those who hold them. */
    Held acquire(Collection<CacheKey> keys, Waiting waiting) {
        AtomicFiles.makeDirectory(directory);
        TreeSet<String> names = new TreeSet<>();
        keys.forEach(key -> names.add(key.hash().substring(0, DIGITS)));
        Held held = new Held();
        try {
            for (String name : names) {
                acquire(directory.resolve(name + ".lock"), held, waiting);
            }
            return held;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static void acquire(Path file, Held held, Waiting waiting) {
        Semaphore own = IN_THIS_PROCESS.computeIfAbsent(file, unused -> new Semaphore(1));
        while (!own.tryAcquire()) {
            pause(waiting);
        }
        held.releases.push(own::release);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held.releases.push(() -> close(channel, file));
            FileLock lock = channel.tryLock();
            while (lock == null) {
                pause(waiting);
                lock = channel.tryLock();
            }
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private static void close(FileChannel channel, Path file) {
        try {
            channel.close();
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private static void pause(Waiting waiting) {
        waiting.check();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for another run");
        }
    }
}
