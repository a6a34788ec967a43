package io.arrakis.tools.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.sweep.TrialRunner.Outcome;
import io.arrakis.api.sweep.TrialRunner.Status;
import io.arrakis.testkit.TestExperiment;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run an experiment, each in a directory of its own. */
abstract class OnExperiment {

    @TempDir
    Path temp;

    TestExperiment experiment;

    @BeforeEach
    void directory() {
        experiment = TestExperiment.in(temp);
    }

    /** Expects a problem with a place, before anything runs. */
    void refuses(String yaml, String message) {
        Outcome outcome = experiment.run(yaml);
        assertThat(outcome.status()).isEqualTo(Status.INVALID);
        assertThat(outcome.problems())
                .as("%s", outcome.problems())
                .anyMatch(problem -> problem.toString().contains(message)
                        && problem.location().line() > 0);
    }

    /** Expects that the run begins and fails. */
    Outcome fails(String yaml, String message) {
        Outcome outcome = experiment.run(yaml);
        assertThat(outcome.status()).as("%s", outcome.problems()).isEqualTo(Status.FAILED);
        assertThat(outcome.problems().toString()).contains(message);
        return outcome;
    }
}
