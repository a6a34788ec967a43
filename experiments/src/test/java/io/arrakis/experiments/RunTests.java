package io.arrakis.experiments;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs one test class in a process of its own, and prints a line for each test: how it ended, and its name. */
final class RunTests {

    private RunTests() {}

    /** Runs the class that the argument names. */
    public static void main(String[] arguments) {
        Launcher launcher = LauncherFactory.create();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(arguments[0]))
                        .build(),
                new Printer());
        // Not kept alive by a thread that a test has left behind.
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Prints tests as they end. */
    private static final class Printer implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest()) {
                System.out.println(
                        result.getStatus() + " " + test.getDisplayName().replaceFirst("\\([A-Za-z]*\\)$", ""));
            }
            result.getThrowable().ifPresent(Throwable::printStackTrace);
        }
    }
}
