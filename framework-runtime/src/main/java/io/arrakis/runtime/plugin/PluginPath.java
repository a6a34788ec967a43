package io.arrakis.runtime.plugin;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directories whose folders are plug-ins, in the order in which they are read.
 *
 * @param roots directories; those that are not there are passed over
 */
public record PluginPath(List<Path> roots) {

    /** Copies the list. */
    public PluginPath {
        roots = List.copyOf(roots);
    }

    /** Returns no directories: the class path alone. */
    public static PluginPath none() {
        return new PluginPath(List.of());
    }

    /**
     * Returns the folder that the launcher names ({@code -Darrakis.plugins}), which is {@code plugins} of the distribution
     * unless the user says otherwise, {@code plugins} of the working directory, {@code ~/.arrakis/plugins}, and what the
     * command line adds.
     *
     * @param extra the directories of {@code --plugins}
     * @throws ArrakisException if one of {@code extra} is not a directory
     */
    public static PluginPath standard(List<Path> extra) {
        List<Path> roots = new ArrayList<>();
        Optional.ofNullable(System.getProperty("arrakis.plugins")).map(Path::of).ifPresent(roots::add);
        roots.add(Path.of("plugins"));
        roots.add(Path.of(System.getProperty("user.home"), ".arrakis", "plugins"));
        for (Path directory : extra) {
            if (!Files.isDirectory(directory)) {
                throw new ArrakisException(
                        ErrorCode.FILE_MISSING,
                        "--plugins",
                        directory + " is not a directory",
                        "give a directory that has a folder for each plug-in, with its jars in it");
            }
            roots.add(directory);
        }
        return new PluginPath(roots);
    }
}
