package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the build has made so far: jars of modules and the distribution, as others get them. */
final class BuiltModules {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> FRAMEWORK = List.of("framework-api", "framework-runtime", "framework-testkit");

    /** Below a module: {@code target}, or where a profile puts it. */
    private final Path folder = Path.of("").toAbsolutePath().relativize(Path.of(System.getProperty("build.folder")));

    /** Unpacks the archive of the distribution. */
    Path unpackDistribution(Path into) throws IOException, InterruptedException {
        Path archive = one(ROOT.resolve("runner").resolve(folder), "arrakis-.*\\.tar\\.gz");
        Files.createDirectories(into);
        Command.in(into).run("tar", "-xzf", archive.toString()).succeeded();
        return one(into, "arrakis-.*");
    }

    /** Makes a local repository that has what this machine's has and, as {@code mvn install} would leave it, the framework. */
    Path install() throws IOException {
        Path repository = Path.of(System.getProperty("build.folder"), "repository");
        remove(repository);
        Path here = Path.of(System.getProperty("user.home"), ".m2", "repository");
        Files.createDirectories(repository.resolve("io"));
        link(here, repository, Set.of("io"));
        link(here.resolve("io"), repository.resolve("io"), Set.of("arrakis"));
        install(repository, "arrakis-parent", ROOT);
        for (String module : FRAMEWORK) {
            install(repository, module, ROOT.resolve(module));
        }
        return repository;
    }

    /** Removes links, and not what they lead to. */
    private static void remove(Path repository) throws IOException {
        if (Files.exists(repository)) {
            try (Stream<Path> all = Files.walk(repository)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private void install(Path repository, String artifact, Path module) throws IOException {
        String version = version();
        Path place = Files.createDirectories(repository.resolve("io/arrakis/" + artifact + "/" + version));
        Files.copy(module.resolve("pom.xml"), place.resolve(artifact + "-" + version + ".pom"));
        if (!artifact.equals("arrakis-parent")) {
            String jar = artifact + "-" + version + ".jar";
            Files.copy(module.resolve(folder).resolve(jar), place.resolve(jar));
        }
    }

    private static void link(Path from, Path to, Set<String> but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!but.contains(name)) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    /** The version in the name of the framework's jar. */
    String version() throws IOException {
        Path jar = one(ROOT.resolve("framework-api").resolve(folder), "framework-api-[0-9].*\\.jar");
        return jar.getFileName().toString().replaceFirst("framework-api-(.*)\\.jar", "$1");
    }

    private static Path one(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(pattern))
                    .toList();
            assertThat(found)
                    .as(pattern + " in " + folder + ": build the modules before with 'mvn verify'")
                    .hasSize(1);
            return found.get(0);
        }
    }
}
