package io.arrakis.runner.command;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A second Ctrl-C, which Java would let wait for all that the first one began. */
final class SecondInterrupt {

    private static final Logger LOG = LoggerFactory.getLogger(SecondInterrupt.class);

    private SecondInterrupt() {}

    /**
     * Lets the next Ctrl-C end the process at once.
     *
     * <p>By reflection: every JDK has these classes, yet none promises them, and naming them is a warning of the compiler.
     */
    static void endsTheProcess() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object halt = Proxy.newProxyInstance(
                    SecondInterrupt.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.number());
                        return null;
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, halt);
        } catch (ReflectiveOperationException e) {
            LOG.debug("a second Ctrl-C will wait like the first", e);
        }
    }
}
