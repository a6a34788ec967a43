package io.arrakis.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.runtime.plugin.LeakList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what the API may expose stands in three places; here they are held against each other. */
class LeakListTest {

    private static final List<String> PACKAGES = List.of(
            "io.arrakis.api",
            "com.google.inject",
            "org.aopalliance",
            "jakarta.inject",
            "jakarta.validation",
            "org.nd4j",
            "org.bytedeco",
            "org.slf4j");

    /** Group ids of {@code framework-api/pom.xml} that carry those packages. */
    private static final List<String> GROUPS = List.of(
            "com.google.inject", "jakarta.inject", "jakarta.validation", "org.bytedeco", "org.nd4j", "org.slf4j");

    static String[] packagePatterns() {
        return Stream.concat(Stream.of("java."), PACKAGES.stream())
                .map(name -> name.endsWith(".") ? name + "." : name + "..")
                .toArray(String[]::new);
    }

    @Test
    void classLoaderOfPluginsHasTheSameList() {
        assertThat(LeakList.packages()).containsExactlyInAnyOrderElementsOf(PACKAGES);
    }

    @Test
    void pomOfTheApiBringsNothingElse() throws Exception {
        String pom = Files.readString(Path.of("..", "framework-api", "pom.xml"));
        List<String> groups = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(pom)
                .results()
                .map(MatchResult::group)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .map(LeakListTest::group)
                .distinct()
                .sorted()
                .toList();
        assertThat(groups).isEqualTo(GROUPS);
    }

    private static String group(String dependency) {
        return Pattern.compile("<groupId>(.*?)</groupId>")
                .matcher(dependency)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
