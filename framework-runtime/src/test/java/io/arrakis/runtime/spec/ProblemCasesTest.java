package io.arrakis.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.model.ModelDescription;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every sentence about a wrong file against the word. */
class ProblemCasesTest {

    private static final List<String> RESOURCES =
            List.of("syntax.cases", "header.cases", "data.cases", "steps.cases", "forms.cases");
    private static final String SWEEPS = "sweep.cases";

    @TempDir
    private Path directory;

    static Stream<CaseFile> cases() {
        return RESOURCES.stream().flatMap(resource -> CaseFile.read(resource).stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrongAndWhereAndHowToMendIt(CaseFile given) throws IOException {
        Files.writeString(directory.resolve("texts.txt"), "one\ntwo\n");
        Path file = Files.writeString(directory.resolve("experiment.yaml"), given.yaml());

        Checked checked = new ExperimentReader(Specs.VOCABULARY, ProblemCasesTest::describe)
                .read(ExperimentReader.Request.of(file));

        assertThat(checked.problems().stream()
                        .map(problem ->
                                problem.toString().replace(file + ":", "").replace(directory.toString(), "DIR")))
                .containsExactlyElementsOf(given.problems());
    }

    static Stream<CaseFile> sweeps() {
        return CaseFile.read(SWEEPS).stream();
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void saysTheSameOfSweeps(CaseFile given) throws IOException {
        Path file = Files.writeString(directory.resolve("experiment.yaml"), given.yaml());

        CheckedSweep checked = new ExperimentReader(Specs.VOCABULARY, ProblemCasesTest::describe)
                .readSweep(ExperimentReader.Request.of(file));

        assertThat(checked.problems().stream().map(problem -> problem.toString().replace(file + ":", "")))
                .containsExactlyElementsOf(given.problems());
    }

    private static Optional<ModelDescription> describe(ModelSpec model, Path base) {
        if (model.equals(new ModelSpec.Named("broken"))) {
            throw new ArrakisException(ErrorCode.MODEL_FILE, "config.json", "the file is not JSON", "");
        }
        return model.equals(new ModelSpec.Named("six-layers")) ? Optional.of(SixLayers.DESCRIPTION) : Optional.empty();
    }

    @Test
    void hasACaseForEveryCodeOfExperimentFiles() {
        Set<ErrorCode> codes = EnumSet.of(
                ErrorCode.SPEC_SYNTAX,
                ErrorCode.SPEC_UNKNOWN_KEY,
                ErrorCode.SPEC_MISSING_KEY,
                ErrorCode.SPEC_DUPLICATE_KEY,
                ErrorCode.SPEC_TYPE,
                ErrorCode.SPEC_RANGE,
                ErrorCode.SPEC_CHOICE,
                ErrorCode.SPEC_NAME,
                ErrorCode.SPEC_REFERENCE,
                ErrorCode.SPEC_CYCLE,
                ErrorCode.SPEC_UNUSED,
                ErrorCode.UNKNOWN_TOOL,
                ErrorCode.UNKNOWN_OPERATION,
                ErrorCode.UNKNOWN_SOURCE,
                ErrorCode.FILE_MISSING,
                ErrorCode.TOOL_INPUT,
                ErrorCode.MODEL_FILE);
        String all = cases().flatMap(given -> given.problems().stream()).reduce("", String::concat);

        assertThat(codes).allSatisfy(code -> assertThat(all).contains(" " + code.id() + ": "));
    }
}
