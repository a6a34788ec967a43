package io.arrakis.runtime.sweep;

import static io.arrakis.runtime.sweep.SweepBench.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.arrakis.runtime.result.Json;
import io.arrakis.runtime.run.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRecordTest {

    private static final String FAILING = HEAD + """
            steps:
              bad: {use: planted.misbehave, with: {how: throw}}
            sweep:
              grid: {steps.bad.with.how: [throw]}
            """;

    @TempDir
    Path temp;

    private static String state(SweepDirectory directory, ObjectNode tree) throws IOException {
        Files.writeString(directory.record(), Json.text(tree));
        return SweepRecord.read(directory).path("state").asText();
    }

    @Test
    void aLaterProcessWithTheSameNumberIsNotTheSweep() throws IOException {
        SweepDirectory directory = SweepBench.in(temp).run(FAILING).directory();
        ObjectNode tree = (ObjectNode) Json.read(directory.record());
        Instant started = Owner.current().processStarted().orElseThrow();
        assertThat(tree.path("process_started").asText()).isEqualTo(started.toString());
        tree.put("state", "RUNNING");
        assertThat(state(directory, tree)).isEqualTo("RUNNING");
        tree.put("process_started", started.minusSeconds(60).toString());
        assertThat(state(directory, tree)).isEqualTo("INTERRUPTED");
    }
}
