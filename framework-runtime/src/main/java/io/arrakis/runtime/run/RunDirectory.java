package io.arrakis.runtime.run;

import io.arrakis.runtime.files.AtomicFiles;
import io.arrakis.runtime.files.DiskProblems;
import io.arrakis.runtime.result.RunManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where the files of one run are.
 *
 * @param path the directory, absolute
 */
public record RunDirectory(Path path) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int HASH_DIGITS = 8;

    /**
     * Makes a new directory; nothing else uses its name.
     *
     * @param saveDirectory below it
     * @param name          of the experiment
     * @param identity      hash of the run
     * @throws io.arrakis.api.problem.ArrakisException with {@code DIRECTORY} or {@code DISK-FULL}
     */
    static RunDirectory create(Path saveDirectory, String name, String identity, Instant now) {
        Path parent = saveDirectory.toAbsolutePath().normalize().resolve(name);
        AtomicFiles.makeDirectory(parent);
        String stem = TIME.format(now) + "-" + identity.substring(0, HASH_DIGITS);
        int copy = 1;
        while (true) {
            Path path = parent.resolve(copy == 1 ? stem : stem + "-" + copy);
            try {
                Files.createDirectory(path);
                return new RunDirectory(path);
            } catch (FileAlreadyExistsException e) {
                copy++; // another run began in the same second
            } catch (IOException e) {
                throw DiskProblems.notWritten(path, e);
            }
        }
    }

    /** Returns the manifest. */
    public Path manifest() {
        return RunManifest.file(path);
    }

    /** Returns the resolved experiment. */
    public Path experiment() {
        return path.resolve("experiment.yaml");
    }

    /** Returns the log. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** Returns the directory of a step's result. */
    public Path result(StepId id) {
        Path step = path.resolve("results").resolve(id.step());
        return id.control()
                .map(control -> step.resolve("controls").resolve(control.id()))
                .orElse(step);
    }
}
