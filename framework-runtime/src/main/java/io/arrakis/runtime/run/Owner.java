package io.arrakis.runtime.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
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

    /** Returns whether the process is known to be gone. A process of another machine is not known to be. */
    public boolean isGone() {
        if (!host.equals(hostName())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isEmpty()
                || (processStarted.isPresent()
                        && !process.get().info().startInstant().equals(processStarted));
    }
}
