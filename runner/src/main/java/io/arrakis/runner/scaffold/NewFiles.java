package io.arrakis.runner.scaffold;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that are written where there are none. */
final class NewFiles {

    private final Path folder;

    NewFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes all files, or none where one of them is there already. */
    void write(Map<String, String> contents) {
        List<String> taken = contents.keySet().stream()
                .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .sorted()
                .toList();
        if (!taken.isEmpty()) {
            throw taken(folder.resolve(taken.get(0)));
        }
        new TreeMap<>(contents).forEach((name, content) -> write(folder.resolve(name), content));
    }

    private static void write(Path file, String content) {
        AtomicFiles.makeDirectory(file.getParent());
        try {
            Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    private static ArrakisException taken(Path file) {
        return new ArrakisException(
                ErrorCode.USAGE,
                file.toString(),
                "it is there already, and is not written over",
                "choose another name, or another --directory");
    }
}
