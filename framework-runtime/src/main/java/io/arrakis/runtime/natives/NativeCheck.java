package io.arrakis.runtime.natives;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The check at every start of a run, before anything is written, that the native libraries can run here and compute what plain
 * Java computes. Old builds of OpenBLAS choose kernels that are wrong on some processors newer than they are.
 */
public final class NativeCheck {

    private final Processor processor;

    /** Makes a check for this machine. */
    public NativeCheck() {
        this(Processor.current());
    }

    NativeCheck(Processor processor) {
        this.processor = processor;
    }

    /**
     * Refuses a processor that the libraries' builds are not made for. Must come before the first native library loads: it
     * would end the process.
     *
     * @throws ArrakisException of code NATIVES
     */
    public void requireProcessor() {
        if (processor.lacksAvx2()) {
            throw new ArrakisException(
                    ErrorCode.NATIVES,
                    "processor",
                    "it has no AVX2, which the native libraries need",
                    "run on a processor from 2015 or newer, or build with natives for older ones (README, natives)");
        }
    }

    /**
     * Runs probes in order and ends with the first that finds a difference.
     *
     * @param environment where the libraries load
     * @param probes      make a probe each, which may load its library
     * @throws WrongNumbersException where a number is wrong
     * @throws ArrakisException of code NATIVES where a library cannot be loaded
     */
    public void run(NativeEnvironment environment, List<Supplier<NativeProbe>> probes) {
        requireProcessor();
        for (Supplier<NativeProbe> supplier : probes) {
            NativeProbe probe = load(environment, supplier);
            Optional<String> difference = probe.difference();
            if (difference.isPresent()) {
                throw new WrongNumbersException(probe.library(), difference.get());
            }
        }
    }

    private static NativeProbe load(NativeEnvironment environment, Supplier<NativeProbe> probe) {
        try {
            return environment.load(probe);
        } catch (LinkageError e) {
            throw new ArrakisException(
                    List.of(Problem.error(
                            ErrorCode.NATIVES,
                            SourceLocation.of("native libraries"),
                            "a library cannot be loaded: " + e.getMessage(),
                            "look at the log for the cause; the README lists the systems that were tried")),
                    e);
        }
    }
}
