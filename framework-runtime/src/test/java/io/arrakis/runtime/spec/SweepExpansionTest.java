package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.problem.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepExpansionTest {

    private static final String HEAD = "model: minilm\nsteps: {s: {use: sample.every_form}}\n";

    @TempDir
    private Path directory;

    private SweepExperiment read(String yaml) {
        try {
            Path file = Files.writeString(directory.resolve("sweep.yaml"), yaml);
            ExperimentReader reader = new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE);
            return reader.readSweep(ExperimentReader.Request.of(file)).sweep();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> settings(String sweep) {
        return read(HEAD + "sweep: {" + sweep + "}\n").trials().stream()
                .map(trial -> trial.settings().values().toString())
                .toList();
    }

    @Test
    void aGridIsEveryCombinationTheLastFastest() {
        assertThat(settings("grid: {seed: [1, 2], steps.s.with.whole: {range: [3, 9, 3]}}"))
                .containsExactly("[1, 3]", "[1, 6]", "[1, 9]", "[2, 3]", "[2, 6]", "[2, 9]");
    }

    @Test
    void blocksMultiply() {
        assertThat(settings("zip: {seed: [1, 2], threads: [3, 4]}, list: [{dtype: float32}, {dtype: float64}]"))
                .containsExactly("[1, 3, float32]", "[1, 3, float64]", "[2, 4, float32]", "[2, 4, float64]");
    }

    @Test
    void trialsOfAListSetWhatTheySay() {
        List<SweepTrial> trials = read(HEAD + "seed: 5\nsweep: {list: [{seed: 1}, {threads: 3}]}\n")
                .trials();
        assertThat(trials).extracting(trial -> trial.experiment().seed()).containsExactly(1L, 5L);
        assertThat(trials).extracting(trial -> trial.experiment().threads()).containsExactly(2, 3);
    }

    @Test
    void valuesReachTheParameters() {
        String grid = "steps.s.with.numbers: [[1], [2, 3]], steps.s.with.text: [no, '3']";
        List<SweepTrial> trials = read(HEAD + "sweep: {grid: {" + grid + "}}\n").trials();
        assertThat(trials).hasSize(4);
        assertThat(trials.get(3).experiment().steps().get("s").parameters().plain())
                .containsEntry("numbers", List.of(2L, 3L))
                .containsEntry("text", "3");
    }

    @Test
    void rangesOfFractionsAreExact() {
        assertThat(settings("grid: {steps.s.with.real: {range: [0.1, 0.5, 0.1]}}"))
                .containsExactly("[0.1]", "[0.2]", "[0.3]", "[0.4]", "[0.5]");
    }

    @Test
    void drawsAreTheSameEachTimeAndMoreOfThemBeginTheSame() {
        String draws = "random: {samples: %d, seed: 3, steps.s.with.whole: {int: [1, 9]}, "
                + "steps.s.with.real: {log_uniform: [0.001, 10]}, steps.s.with.flag: {choice: [true, false]}}";
        List<String> four = settings(draws.formatted(4));
        assertThat(settings(draws.formatted(4))).isEqualTo(four);
        assertThat(settings(draws.formatted(200)).subList(0, 4)).isEqualTo(four);
    }

    @Test
    void endsOfDrawsMayHaveExponents() {
        String draws = "random: {samples: 20, seed: 3, steps.s.with.real: {%s}}";
        assertThat(settings(draws.formatted("log_uniform: [1e-5, 1e-1]")))
                .isEqualTo(settings(draws.formatted("log_uniform: [0.00001, 0.1]")))
                .allSatisfy(value -> assertThat(Double.parseDouble(value.substring(1, value.length() - 1)))
                        .isBetween(1e-5, 0.1));
        assertThat(settings(draws.formatted("uniform: [1.5E+0, 2e1]")))
                .isEqualTo(settings(draws.formatted("uniform: [1.5, 20]")));
    }

    @Test
    void drawsCoverTheirRangeEvenly() {
        SweepExperiment sweep = read(HEAD + "sweep: {random: {samples: 4000, seed: 1, "
                + "steps.s.with.whole: {int: [1, 4]}, steps.s.with.real: {log_uniform: [0.01, 100]}}}\n");
        long[] counts = new long[4];
        long small = 0;
        for (SweepTrial trial : sweep.trials()) {
            counts[Integer.parseInt(trial.settings().get("steps.s.with.whole")) - 1]++;
            small += Double.parseDouble(trial.settings().get("steps.s.with.real")) < 1 ? 1 : 0;
        }
        // Standard deviations are 27 of 1,000 and 32 of 2,000.
        assertThat(LongStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(880L, 1120L));
        assertThat(small).isBetween(1860L, 2140L);
    }

    @Test
    void aSweepIsKnownByWhatStandsOutsideOfIt() {
        String first = read(HEAD + "sweep: {grid: {seed: [1]}}\n").written();
        assertThat(read("# a comment\n" + HEAD + "sweep: {grid: {seed: [1, 2]}}\n")
                        .written())
                .isEqualTo(first);
        assertThat(read(HEAD + "threads: 3\nsweep: {grid: {seed: [1]}}\n").written())
                .isNotEqualTo(first);
    }

    @Test
    void aFileWithoutASweepIsOneTrial() {
        SweepExperiment sweep = read(HEAD);
        assertThat(sweep.isSweep()).isFalse();
        assertThat(sweep.trials()).hasSize(1);
    }

    @Test
    void runSaysWhatToTypeInstead() throws IOException {
        Path file = Files.writeString(directory.resolve("sweep.yaml"), HEAD + "sweep: {grid: {seed: [1]}}\n");
        Checked checked =
                new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE).read(ExperimentReader.Request.of(file));
        assertThat(checked.problems())
                .extracting(Object::toString)
                .containsExactly(file + ":3:8: error USAGE: this experiment has a sweep: it is many runs, not one; type"
                        + " 'arrakis sweep " + file + "', or take the sweep away");
    }

    @Test
    void aSettingThatEveryTrialReplacesIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("sweep.yaml"), HEAD + "sweep: {grid: {seed: [1]}}\n");
        CheckedSweep checked = new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE)
                .readSweep(new ExperimentReader.Request(file, List.of(Setting.set("seed=3")), OptionalInt.empty()));
        assertThat(checked.problems())
                .extracting(Object::toString)
                .containsExactly("--set seed: error USAGE: the sweep varies 'seed', so a value for it would change"
                        + " nothing; take it away, or change the sweep");
    }

    @Test
    void drawsStayInNarrowIntervalsAndDiffer() {
        String draws = "random: {samples: 50, seed: 3, steps.s.with.real: {%s: [%s, %s]}}";
        String[][] intervals = {
            {"0.12345678", "0.12345679"},
            {"1000000000.5", "1000000000.75"},
            {"0.99999999", "1"},
            {"1", "1.00000001"},
            {"0.000123456789", "0.000123456790"},
        };
        for (String[] ends : intervals) {
            for (String way : List.of("uniform", "log_uniform")) {
                List<BigDecimal> drawn = numbers(draws.formatted(way, ends[0], ends[1]));
                assertThat(drawn).as(way + " " + ends[0]).allSatisfy(value -> assertThat(value)
                        .isBetween(new BigDecimal(ends[0]), new BigDecimal(ends[1])));
                assertThat(drawn).doesNotHaveDuplicates();
            }
        }
        assertThat(numbers(draws.formatted("uniform", "0", "10")))
                .allSatisfy(value -> assertThat(value.precision()).isLessThanOrEqualTo(7));
    }

    @Test
    void randomSaysThatItCannotVaryTheSeedOfTheExperiment() throws IOException {
        Path file = Files.writeString(
                directory.resolve("sweep.yaml"), HEAD + "sweep: {random: {samples: 3, seed: {int: [1, 9]}}}\n");
        List<Problem> problems = new ExperimentReader(Specs.VOCABULARY, ModelLookup.NONE)
                .readSweep(ExperimentReader.Request.of(file))
                .problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message()).endsWith("random cannot vary the experiment's seed");
        assertThat(problems.get(0).mend()).startsWith("vary seed in grid");
    }

    private List<BigDecimal> numbers(String sweep) {
        return settings(sweep).stream()
                .map(value -> new BigDecimal(value.substring(1, value.length() - 1)))
                .toList();
    }
}
