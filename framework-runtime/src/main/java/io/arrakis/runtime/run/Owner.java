package io.arrakis.runtime.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process a run belongs to.
 *
 * @param host           name of the machine
 * @param pid            id of the process
 * @param processStarted when the process started; tells it from a later one with the same id
 */
public record Owner(String host, long pid, Optional<Instant> processStarted) {

    private static final String DEFUNCT = " Z ";

    /** Returns this process. */
    public static Owner current() {
        ProcessHandle process = ProcessHandle.current();
        return new Owner(hostName(), process.pid(), process.info().startInstant());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Returns whether a process has ended and only its parent has not asked how, which in a container may never happen. */
    private static boolean isDefunct(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith(DEFUNCT, stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false; // another system than Linux, or it has gone just now
        }
    }

    /** Returns whether the process is known to be gone. A process of another machine is not known to be. */
    public boolean isGone() {
        if (!host.equals(hostName())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty()
                || isDefunct(pid)
                || (processStarted.isPresent()
                        && !process.get().info().startInstant().equals(processStarted));
    }
}
