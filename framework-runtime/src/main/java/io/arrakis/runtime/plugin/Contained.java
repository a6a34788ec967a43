package io.arrakis.runtime.plugin;

import java.util.function.Consumer;

/** Runs code of a plug-in whose failure must not take others down. */
final class Contained {

    private Contained() {}

    /** Runs code and hands over what it throws, but for what ends the process: no memory, no stack. */
    static void run(Runnable code, Consumer<Throwable> failed) {
        try {
            code.run();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
