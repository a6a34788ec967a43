package io.arrakis.runtime.bind;

import io.arrakis.runtime.engine.TorchProbe;
import io.arrakis.runtime.linalg.BlasProbe;
import io.arrakis.runtime.linalg.Nd4jNatives;
import io.arrakis.runtime.model.LinearProbe;
import io.arrakis.runtime.model.tokenizer.TokenizerProbe;
import io.arrakis.runtime.natives.NativeCheck;
import io.arrakis.runtime.natives.NativeEnvironment;
import io.arrakis.runtime.natives.NativeProbe;
import java.nio.file.Path;
import java.util.List;

/** Loads the native libraries and makes sure that they compute right numbers, before anything uses them. */
public final class Natives {

    private Natives() {}

    /**
     * Loads and probes them; costs milliseconds once they are loaded.
     *
     * @param cacheDirectory below it they are unpacked
     * @param threads        of one operation
     * @throws io.arrakis.runtime.natives.WrongNumbersException where a number is wrong
     * @throws io.arrakis.api.problem.ArrakisException          of code NATIVES where a library cannot be loaded
     */
    public static void require(Path cacheDirectory, int threads) {
        NativeEnvironment environment = NativeEnvironment.prepare(cacheDirectory);
        environment.useThreads(threads);
        new NativeCheck()
                .run(
                        environment,
                        List.of(
                                () -> blas(threads),
                                () -> new TorchProbe(threads),
                                () -> new LinearProbe(threads),
                                TokenizerProbe::new));
    }

    private static NativeProbe blas(int threads) {
        Nd4jNatives.load(threads);
        return new BlasProbe();
    }
}
