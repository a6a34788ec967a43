package io.arrakis.runner.command;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runner.render.Console;
import io.arrakis.runner.scaffold.PluginProject;
import io.arrakis.runtime.plugin.PluginCatalog;
import io.arrakis.runtime.plugin.PluginPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Helps those who write plug-ins. */
@Command(
        name = "plugin",
        description = "Writes the source of a new plug-in.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "new")
final class PluginCommand {

    private final Console console;

    PluginCommand(Console console) {
        this.console = console;
    }

    @Command(
            name = "new",
            description =
                    "Writes a Maven project with one operation, its test, an experiment and a README; overwrites nothing.",
            mixinStandardHelpOptions = true)
    int create(
            @Parameters(paramLabel = "NAME", description = "Such as word-count; its tool is word_count.") String name,
            @Option(
                            names = "--package",
                            paramLabel = "PACKAGE",
                            required = true,
                            description = "The Java package of its classes, such as org.example.tools.")
                    String packageName,
            @Option(
                            names = "--directory",
                            paramLabel = "DIR",
                            defaultValue = ".",
                            description = "Where the folder of the project is made; default the working directory.")
                    Path directory)
            throws IOException {
        PluginProject project = new PluginProject(name, packageName, Version.number());
        requireFree(project.tool());
        Path folder = project.write(directory);
        for (String line : List.of(
                "wrote " + folder.normalize(),
                "  cd " + folder.normalize(),
                "  mvn package",
                "  arrakis run experiments/" + name + ".yaml --plugins target/plugins")) {
            console.result(line);
        }
        return ExitStatus.DONE.number();
    }

    private static void requireFree(String tool) {
        try (PluginCatalog catalog = PluginCatalog.discover(PluginPath.none())) {
            catalog.tool(tool).ifPresent(taken -> {
                throw new ArrakisException(
                        ErrorCode.USAGE,
                        "NAME",
                        "there is a tool '" + tool + "' already, of " + taken.origin(),
                        "choose another name: two tools of one name hide each other");
            });
        }
    }
}
