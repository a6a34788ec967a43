package io.arrakis.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.arrakis.runner.command.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tools} and {@code schema} say of the plug-ins that the distribution has. */
class ToolsTest {

    @TempDir
    private Path plugins;

    @Test
    void listsToolsAndDataSources() {
        Cli ended = Cli.run("tools");
        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines())
                .anyMatch(line -> line.startsWith("k_prober "))
                .anyMatch(line -> line.startsWith("  polysemantic_score "))
                .anyMatch(line -> line.startsWith("kg_extractor "))
                .anyMatch(line -> line.startsWith("  wordnet "))
                .noneMatch(line -> line.startsWith("broken"));
    }

    @Test
    void describesAToolAnOperationAndADataSource() {
        assertThat(Cli.run("tools", "k_prober").out())
                .contains("k_prober.polysemantic_score", "k_prober.knowledge_probe", "k_prober.find_concept_neurons");
        assertThat(Cli.run("tools", "k_prober.polysemantic_score").out())
                .contains("layer_idx ", "required: ", "k_neighbors ", "default 50: ")
                .contains("steps:\n  polysemantic_score:\n    use: k_prober.polysemantic_score\n    with:\n");
        assertThat(Cli.run("tools", "wordnet").out()).contains("data:\n  texts:\n    source: wordnet\n");
    }

    @Test
    void everyExampleOfAnOperationNamesWhatIsRequired() {
        for (String operation : new String[] {
            "k_prober.polysemantic_score", "k_prober.knowledge_probe", "kg_extractor.identify_relation_types"
        }) {
            String page = Cli.run("tools", operation).out();
            String example = page.substring(page.indexOf("steps:\n"));
            page.lines()
                    .filter(line -> line.contains("required: "))
                    .map(line -> line.strip().split(" ")[0])
                    .forEach(name -> assertThat(example).contains("\n      " + name + ": "));
        }
    }

    @Test
    void suggestsANameThatIsNear() {
        Cli ended = Cli.run("tools", "k_probr");
        assertThat(ended.err())
                .startsWith("k_probr: error UNKNOWN-TOOL: there is no tool, operation, data source, model family or"
                        + " model source of this name; did you mean 'k_prober'?");
        assertThat(ended.status()).isEqualTo(ExitStatus.INPUT.number());
        assertThat(Cli.run("tools", "k_prober.knowledge_prob").err()).contains("'k_prober.knowledge_probe'?");
    }

    @Test
    void saysWhyAPluginIsBroken() throws IOException {
        Path folder = Files.createDirectory(plugins.resolve("strange"));
        Files.writeString(folder.resolve("strange.jar"), "this is no jar");
        Cli all = Cli.run("tools", "--plugins", plugins.toString());
        assertThat(all.status()).isZero();
        assertThat(all.out()).contains("broken, and of no use until it is mended\n  ", folder.toString());
        Cli one = Cli.run("tools", "strange", "--plugins", plugins.toString());
        assertThat(one.err()).startsWith("strange: error TOOL-BROKEN: ");
        assertThat(one.status()).isEqualTo(ExitStatus.INPUT.number());
    }

    @Test
    void printsTheSchemaOfAllTools() {
        Cli ended = Cli.run("schema");
        JsonNode schema = ended.document();
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.at("/properties/steps/additionalProperties/properties/use/anyOf"))
                .extracting(choice -> choice.get("const").asText())
                .contains("k_prober.polysemantic_score", "kg_extractor.extract_relational_subspaces");
        assertThat(ended.status()).isZero();
    }
}
