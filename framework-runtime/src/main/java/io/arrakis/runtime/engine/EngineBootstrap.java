package io.arrakis.runtime.engine;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.arrakis.runtime.plugin.PluginContext;

/**
 * Starts the engine: the only way to it, so that no class of it is touched before it is told to stay offline and silent.
 */
public final class EngineBootstrap {
    private static final String NAME = "PyTorch";

    private EngineBootstrap() {}

    /**
     * The engine, computing with so many threads; starts it at the first call (loads native libraries, about a second).
     *
     * @param threads threads of one operation, at least 1; the number is the whole process's
     */
    public static synchronized Engine start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, not " + threads);
        }
        return Started.with(threads);
    }

    /** Holds what touches the engine's classes, so that they are loaded after the properties are set. */
    private static final class Started {
        private static final Engine ENGINE = start();

        private static Engine start() {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
            return PluginContext.callAsFramework(() -> Engine.getEngine(NAME));
        }

        static Engine with(int threads) {
            if (JniUtils.getNumThreads() != threads) {
                JniUtils.setNumThreads(threads);
            }
            return ENGINE;
        }
    }
}
