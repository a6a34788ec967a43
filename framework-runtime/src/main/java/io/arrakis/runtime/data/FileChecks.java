package io.arrakis.runtime.data;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;

/** What all sources that read a file hold against it. */
final class FileChecks {

    private FileChecks() {}

    static void check(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            problems.at("path").error(ErrorCode.FILE_MISSING, file + " is not a file", "give the path of a file");
        }
    }
}
