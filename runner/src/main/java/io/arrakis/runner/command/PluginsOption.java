package io.arrakis.runner.command;

import io.arrakis.runtime.plugin.PluginPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where plug-ins are found beside the usual places. */
final class PluginsOption {

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "A folder with a folder of jars for each plug-in; may be given more than once.")
    private List<Path> directories = new ArrayList<>();

    /** Returns the arguments that say the same. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        directories.forEach(directory -> arguments.addAll(List.of("--plugins", directory.toString())));
        return arguments;
    }

    /** Returns the usual places and those of the command line. */
    PluginPath path() {
        return PluginPath.standard(directories);
    }
}
