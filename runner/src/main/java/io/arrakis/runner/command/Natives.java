package io.arrakis.runner.command;

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

/** Loads the native libraries and makes sure that they compute right numbers, before a command uses them. */
final class Natives {

    private Natives() {}

    static void require(Path cacheDirectory, int threads) {
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
