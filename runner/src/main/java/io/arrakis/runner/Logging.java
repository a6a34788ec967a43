package io.arrakis.runner;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends what libraries log through {@code java.util.logging} to SLF4J, which is set up in {@code logback.xml}. */
final class Logging {

    private Logging() {}

    static void toTheConsole() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
