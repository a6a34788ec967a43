package io.arrakis.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.arrakis.api.operation.Description;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Figure;
import io.arrakis.api.result.Graph;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import io.arrakis.runtime.result.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    /** What a word of a data set could be, were it written by somebody who means harm. */
    private static final String HOSTILE =
            "</script><script>alert('x')</script><!--<img src=x onerror=alert(1)>\u2028&\"'";

    private static final Figure.Axis X = new Figure.Axis("x " + HOSTILE);
    private static final Figure.Axis Y = new Figure.Axis("y");

    @TempDir
    private Path run;

    /** A result with every kind of part. */
    record Everything(
            @Headline("rank correlation") @Description("Spearman's rho.")
            Estimate rho,

            @Description("What was found.") Table table,
            Table nothing,
            Figure bars,
            Figure lines,
            Figure scatter,
            Figure heat,
            @Description("Who is related.") Graph graph,
            Tensor tensor,
            Evaluation evaluation,
            List<String> warnings) {}

    @BeforeEach
    void saveRun() throws IOException {
        ResultFiles.write(run.resolve("results/step"), "tool.operation", Optional.empty(), everything(0.5));
        ResultFiles.write(
                run.resolve("results/step/controls/random_model"),
                "tool.operation",
                Optional.of("random_model"),
                everything(0.0123));
        Files.writeString(run.resolve("experiment.yaml"), "name: " + HOSTILE);
        manifest("FINISHED", "");
    }

    private void manifest(String state, String problems) throws IOException {
        Files.writeString(run.resolve("manifest.json"), """
                {"state": "%s", "name": "<b>run", "started": "2026-01-01T00:00:00.0Z", "seconds": 1.5,
                 "arguments": {"seed": 7}, "model": {"name": "m", "family": "bert", "n_layers": 2, "d_model": 32},
                 "device": {"forward": "cpu", "why": "no GPU"}, "versions": {"java": "17"},
                 "passes": [{"model": "m", "texts": "data.x", "hooks": ["hook_embed"], "examples": 3, "tokens": 9,
                   "state": "PARTLY_CACHED"}],
                 "steps": [{"name": "step"}, {"name": "step"}, {"name": "never_saved"}],
                 "warnings": [{"step": "step", "control": null, "message": "few words"}], "problems": [%s]}
                """.formatted(state, problems));
    }

    private static Everything everything(double rho) {
        List<Figure.Series> series =
                List.of(new Figure.Series(HOSTILE, List.of(1.0, Double.NaN), List.of(0.5, 0.5), List.of(2.0, 2.0)));
        return new Everything(
                new Estimate(rho, rho - 0.2, rho + 0.2),
                Table.builder()
                        .text("word", "")
                        .number("score", "")
                        .row(HOSTILE, 0.25)
                        .row("b", Double.NaN)
                        .build(),
                Table.builder().text("word", "").build(),
                new Figure.Bars("bars", X, Y, List.of("a", HOSTILE), series),
                new Figure.Lines("lines", X, Y, List.of(0.0, 1.0), series),
                new Figure.Scatter(
                        "scatter",
                        X,
                        Y,
                        List.of(new Figure.Scatter.Group("g", List.of(1.0), List.of(2.0), List.of(HOSTILE)))),
                new Figure.HeatMap("heat", X, Y, List.of("c"), List.of("r"), List.of(List.of(3.0))),
                new Graph(
                        List.of(new Graph.Node("1", HOSTILE, Map.of()), new Graph.Node("2", "b", Map.of())),
                        List.of(new Graph.Edge("1", "2", "is", 0.5, Map.of()))),
                Tensor.of(List.of("head"), new int[] {2}, new float[] {1, 2}),
                new Evaluation(List.of(new Evaluation.Row("A1", "rho", new Estimate(rho, 0, 1), 0.48))),
                List.of("careful " + HOSTILE));
    }

    @Test
    void noTextOfTheRunBecomesMarkup() throws IOException {
        String own = own();
        assertThat(own).doesNotContain("<script>").doesNotContain("<img").doesNotContain("<b>run");
        assertThat(own.split("</script>", -1))
                .as("an end for the data of each of 5 pictures")
                .hasSize(6);
    }

    @Test
    void dataOfEveryFigureIsJson() throws IOException {
        List<String> blocks = Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>", Pattern.DOTALL)
                .matcher(own())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        ObjectMapper mapper = new ObjectMapper();
        assertThat(blocks).hasSize(5).allSatisfy(block -> assertThat(
                        mapper.readTree(block).path("kind").asText())
                .isNotEmpty());
        assertThat(mapper.readTree(blocks.get(0)).path("categories").get(1).asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void headlinesStandBesideTheirControls() throws IOException {
        assertThat(own())
                .contains("<dt>rank correlation</dt>", "0.500", "[0.300, 0.700]", "random model <b>0.0123</b>")
                .contains("What was found.", "results/step/table.csv", "step: few words", "careful");
    }

    @Test
    void figuresHeldAgainstTruthSayWhetherTheyAreMet() throws IOException {
        assertThat(own()).containsPattern("<td>A1</td>\\s*<td>rho</td>\\s*<td class=\"number\">0.500</td>");
        assertThat(own()).contains("<td>yes</td>");
    }

    @Test
    void needsNoNetwork() throws IOException {
        assertThat(own())
                .contains("default-src &#39;none&#39;")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain(" src=\"");
    }

    @Test
    void sameDirectoryGivesTheSameBytes() throws IOException {
        assertThat(page().equals(page())).isTrue();
    }

    @Test
    void runThatFailedSaysWhy() throws IOException {
        manifest("FAILED", "{\"code\": \"MEMORY\", \"message\": \"too little\", \"mend\": \"take less\"}");
        assertThat(own()).contains("state failed", "<b>MEMORY</b> too little", "take less");
    }

    @Test
    void rejectsWhatIsNoRunDirectory(@TempDir Path other) {
        assertThatThrownBy(() -> Report.write(other))
                .isInstanceOf(ArrakisException.class)
                .hasMessageContaining("error FILE-MISSING: it is no run directory");
    }

    /** The page without the two scripts that are the same in every report. */
    private String own() throws IOException {
        return page().replaceAll("(?s)<script>.*?</script>", "");
    }

    private String page() throws IOException {
        return Files.readString(Report.write(run));
    }
}
