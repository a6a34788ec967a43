package io.arrakis.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of another Java with the class path of this one, which finds native libraries where this one does. */
public final class JavaProcess {

    private static final List<String> PROPERTIES =
            List.of("org.bytedeco.javacpp.cachedir", "DJL_CACHE_DIR", "ai.djl.offline", "OPT_OUT_TRACKING");

    private JavaProcess() {}

    /**
     * Returns the command.
     *
     * @param options   of the virtual machine; they win over what is handed on
     * @param main      its class with a {@code main}
     * @param arguments what that gets
     */
    public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String property : PROPERTIES) {
            if (System.getProperty(property) != null) {
                command.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
