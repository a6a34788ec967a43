package io.arrakis.runner.scaffold;

import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.plugin.LeakList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A new plug-in: a Maven project with one operation, its test, an experiment and a README.
 *
 * @param name        such as {@code word-count}: the folder, the artifact and, with underscores, the tool
 * @param packageName of its classes, such as {@code org.example.tools}
 * @param version     of the framework that it is built against
 */
public record PluginProject(String name, String packageName, String version) {

    private static final int LONGEST = 40;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Set<String> NO_FOLDERS = Set.of("con", "prn", "aux", "nul");

    /**
     * Checks the names.
     *
     * @throws ArrakisException with {@code USAGE} for each name that cannot be used
     */
    public PluginProject {
        List<Problem> problems = new ArrayList<>();
        if (name.length() > LONGEST || !NAME.matcher(name).matches() || NO_FOLDERS.contains(name)) {
            problems.add(usage(
                    "NAME",
                    "'" + name + "' cannot be the name of a plug-in",
                    "use lower case words of letters and digits with '-' between them, at most " + LONGEST
                            + " characters, such as word-count"));
        }
        if (!PACKAGE.matcher(packageName).matches() || !SourceVersion.isName(packageName)) {
            problems.add(usage(
                    "--package",
                    "'" + packageName + "' cannot be a Java package",
                    "use lower case words with '.' between them, none of them a word of the language, such as"
                            + " org.example.tools"));
        }
        owner(packageName)
                .ifPresent(owner -> problems.add(usage(
                        "--package",
                        "classes of '" + packageName + "' would not be found: Java or Arrakis itself has " + owner,
                        "choose a package of your own, such as org.example.tools")));
        if (!problems.isEmpty()) {
            throw new ArrakisException(problems);
        }
    }

    private static Optional<String> owner(String packageName) {
        return Stream.concat(Stream.of("java", "javax", "io.arrakis"), LeakList.packages().stream())
                .filter(taken -> packageName.equals(taken) || packageName.startsWith(taken + "."))
                .findFirst();
    }

    private static Problem usage(String where, String message, String mend) {
        return Problem.error(ErrorCode.USAGE, SourceLocation.of(where), message, mend);
    }

    /** Returns the name of its tool, such as {@code word_count}. */
    public String tool() {
        return name.replace('-', '_');
    }

    /**
     * Writes the project.
     *
     * @param parent the folder in which the folder of the project is made
     * @return the folder of the project
     * @throws ArrakisException with {@code USAGE} if one of its files is there already, {@code DISK-FULL} or {@code
     *     DIRECTORY} if it cannot be written
     */
    public Path write(Path parent) {
        Path folder = parent.resolve(name);
        new NewFiles(folder).write(files());
        return folder;
    }

    /** The templates by the paths of the files that they become. */
    private Map<String, String> templates() {
        String sources = "src/main/java/" + packageName.replace('.', '/') + "/";
        String tests = sources.replace("src/main", "src/test");
        return Map.of(
                "pom.xml",
                "pom.xml",
                "README.md",
                "README.md",
                ".gitignore",
                "gitignore",
                "experiments/" + name + ".yaml",
                "experiment.yaml",
                sources + className() + "Plugin.java",
                "Plugin.java",
                sources + "TokenNorms.java",
                "TokenNorms.java",
                sources + "package-info.java",
                "package-info.java",
                tests + "TokenNormsContractTest.java",
                "TokenNormsContractTest.java",
                "src/main/resources/META-INF/services/io.arrakis.api.ToolPlugin",
                "services");
    }

    private Map<String, String> files() {
        Map<String, String> values = Map.of(
                "package", packageName, "artifact", name, "tool", tool(), "Class", className(), "version", version);
        return templates().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Template.named(entry.getValue())
                        .filled(values)));
    }

    private String className() {
        return Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }
}
