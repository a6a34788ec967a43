package io.arrakis.runtime.natives;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts the process again with kernels of OpenBLAS that compute right on all processors with AVX2.
 *
 * <p>OpenBLAS reads its choice of kernels from the environment when it loads, and Java cannot change its own environment, so a
 * process that found wrong numbers goes on as its own child, once.
 */
public final class NativeRestart {

    private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

    /** Right on every processor with AVX2, and the newest kernels without AVX-512. */
    private static final String SAFE_CORE_TYPE = "Haswell";

    private final Processor processor;
    private final Map<String, String> environment;

    /** Makes a restart of this process. */
    public NativeRestart() {
        this(Processor.current(), System.getenv());
    }

    NativeRestart(Processor processor, Map<String, String> environment) {
        this.processor = processor;
        this.environment = environment;
    }

    /** Returns whether other kernels are left to try. */
    public boolean isWorthTrying() {
        return processor.isX86() && !SAFE_CORE_TYPE.equalsIgnoreCase(environment.get(CORE_TYPE));
    }

    /**
     * Runs the same command in a child with the same standard streams, and waits for it.
     *
     * @param main      the class that was started
     * @param arguments its arguments
     * @return the exit status of the child, which should become that of this process
     */
    public int run(Class<?> main, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(main.getName(), arguments)).inheritIO();
        builder.environment().put(CORE_TYPE, SAFE_CORE_TYPE);
        try {
            Process child = builder.start();
            Thread ender = new Thread(() -> end(child), "end-child");
            Runtime.getRuntime().addShutdownHook(ender);
            return child.waitFor();
        } catch (IOException e) {
            throw new ArrakisException(
                    ErrorCode.NATIVES,
                    CORE_TYPE,
                    "Arrakis could not start itself again with other kernels: " + e.getMessage(),
                    "set " + CORE_TYPE + "=" + SAFE_CORE_TYPE + " in the environment and start again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the restarted process", e);
        }
    }

    /** Ends the child when this process is ended, and waits until it has put its run in order. */
    private static void end(Process child) {
        child.destroy();
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the command that starts this program with other arguments, with the same Java and its flags. */
    public static List<String> command(String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(arguments);
        return command;
    }
}
