package io.arrakis.runner;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends what libraries log through {@code java.util.logging} to SLF4J, see {@link ConsoleLog}. */
final class Logging {

    private Logging() {}

    static void toTheConsole() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
