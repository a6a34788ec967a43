package io.arrakis.runtime.sweep;

import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Locks by name, between processes and between threads: each is one byte of one file, which the operating system frees when its
 * process dies. Safe for use by several threads.
 *
 * <p>Closing a file frees all locks that the process has in it, so a process opens the file once, however many use it.
 */
final class RegionLocks implements AutoCloseable {

    private static final int DIGITS = 15;
    private static final int HEXADECIMAL = 16;
    private static final long PAUSE_MILLIS = 50;
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Path file;
    private final FileChannel channel;

    private static final class Shared {
        private final FileChannel channel;
        private int users;

        Shared(FileChannel channel) {
            this.channel = channel;
        }
    }

    private RegionLocks(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** A lock that is held until this is closed. */
    @FunctionalInterface
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Opens the locks of a file, which is made if it is not there. */
    static RegionLocks open(Path file) {
        Path path = file.toAbsolutePath().normalize();
        synchronized (OPEN) {
            Shared shared = OPEN.get(path);
            if (shared == null) {
                try {
                    shared = new Shared(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                } catch (IOException e) {
                    throw DiskProblems.notWritten(path, e);
                }
                OPEN.put(path, shared);
            }
            shared.users++;
            return new RegionLocks(path, shared.channel);
        }
    }

    /**
     * Takes a lock, if nobody else holds it.
     *
     * @param name a hash in hexadecimal digits
     */
    Optional<Held> tryAcquire(String name) {
        long position = Long.parseLong(name.substring(0, DIGITS), HEXADECIMAL);
        try {
            FileLock lock = channel.tryLock(position, 1, false);
            return Optional.ofNullable(lock).map(held -> () -> release(held));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    /** Takes a lock, and waits for who holds it. */
    Held acquire(String name, Runnable whileWaiting) {
        Optional<Held> held = tryAcquire(name);
        while (held.isEmpty()) {
            whileWaiting.run();
            pause();
            held = tryAcquire(name);
        }
        return held.get();
    }

    /** Returns whether somebody holds a lock. */
    boolean isHeld(String name) {
        Optional<Held> held = tryAcquire(name);
        held.ifPresent(Held::close);
        return held.isEmpty();
    }

    private void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    /** Waits for a moment. */
    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for another process");
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            Shared shared = OPEN.get(file);
            shared.users--;
            if (shared.users == 0) {
                OPEN.remove(file);
                try {
                    shared.channel.close();
                } catch (IOException e) {
                    throw DiskProblems.notWritten(file, e);
                }
            }
        }
    }
}
