package io.arrakis.runtime.spec;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inline;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Layers;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.operation.TokenSet;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool with a parameter of every form, for tests of the experiment file. */
public final class SamplePlugin implements ToolPlugin {

    @Override
    public int apiVersion() {
        return ApiVersion.CURRENT;
    }

    @Override
    public List<ToolDescriptor> tools() {
        return List.of(ToolDescriptor.named(
                "sample", "Samples of parameters.", EveryForm.class, Score.class, FindBest.class, UseBest.class));
    }

    /** Does nothing with its parameters. */
    private interface Idle<P extends Record, R extends Record> extends Operation<P, R> {
        @Override
        default Requirements requires(P params, Planning planning) {
            return Requirements.none();
        }

        @Override
        default R run(P params, Inputs inputs, OperationContext context) {
            throw new UnsupportedOperationException("not run in these tests");
        }
    }

    /** A neuron, written {@code [layer, neuron]}. */
    @Inline
    public record Neuron(
            @Layer(LayerKind.BLOCK) int layer, @Min(0) int neuron) {}

    /** A fixed threshold or one that is found. */
    public sealed interface Threshold {
        /** A number. */
        @Inline
        record Fixed(@DecimalMin("0") @DecimalMax("1") double value) implements Threshold {}

        /** By the share of false alarms. */
        record Calibrated(
                @DecimalMin(value = "0", inclusive = false) double falsePositiveRate) implements Threshold {}

        /** None. */
        record Never() implements Threshold {}
    }

    /** A nested record. */
    public record Options(@DefaultValue("true") boolean centre, Optional<Double> scale) {
        /** Refuses a scale of zero, which no annotation says. */
        public Options {
            if (scale.isPresent() && scale.get() == 0) {
                throw new IllegalArgumentException("a scale of 0 leaves nothing");
            }
        }
    }

    /** One parameter of every form. */
    @Description("Takes a parameter of every form.")
    public static final class EveryForm implements Idle<EveryForm.Params, EveryForm.Nothing> {

        /** The parameters. */
        public record Params(
                @Description("An int.") @DefaultValue("50") @Min(1) @Max(1000)
                int whole,

                @DefaultValue("7") long big,
                @DefaultValue("0.5") @DecimalMin("0") double real,
                @DefaultValue("0.25") float single,
                @DefaultValue("false") boolean flag,

                @DefaultValue("no") @NotBlank @Size(max = 20)
                String text,

                @DefaultValue("ab") @Pattern(regexp = "[a-c]+", message = "letters a to c")
                String letters,

                @DefaultValue("each") Rows rows,
                Optional<Path> file,

                @DefaultValue("[1, 2]") @Size(min = 1, max = 3)
                List<@Min(0) Integer> numbers,

                @DefaultValue("{a: 1.5}") Map<String, Double> weights,
                Optional<Integer> maybe,
                @DefaultValue("{}") Options options,
                @DefaultValue("0.7") Threshold threshold,
                @DefaultValue("[0, 1]") Neuron neuron,

                @DefaultValue("all") @Layer(LayerKind.RESIDUAL)
                Layers layers,

                @DefaultValue("[[good, bad]]") List<Pair> pairs,
                @DefaultValue("[cat, 12]") TokenSet tokens,
                @DefaultValue("[a text]") TextSet texts) {}

        /** A pair of texts. */
        @Inline
        public record Pair(String good, String bad) {}

        /** Nothing. */
        public record Nothing() {}
    }

    /** Like the polysemy score. */
    @Description("Scores words.")
    public static final class Score implements Idle<Score.Params, Score.Scores> {

        /** The parameters. */
        public record Params(
                @Description("The residual layer.") @Layer(LayerKind.RESIDUAL) @Example("2")
                int layerIdx,

                @DefaultValue("50") @Min(1) int kNeighbors,
                DataRef contexts) {}

        /** The result. */
        public record Scores(double rho, List<String> words) {}
    }

    /** Finds a neuron. */
    public static final class FindBest implements Idle<FindBest.Params, FindBest.Found> {

        /** The parameters. */
        public record Params(DataRef texts) {}

        /** The result. */
        public record Found(
                Neuron best, List<Neuron> others, Map<String, Double> scores, String label, Optional<Integer> rank) {}
    }

    /** Uses a result. */
    public static final class UseBest implements Idle<UseBest.Params, UseBest.Used> {

        /** The parameters. */
        public record Params(
                Neuron conceptNeuron,
                Optional<StepRef<View>> step,
                @DefaultValue("[]") List<Neuron> more,
                @DefaultValue("word") String name,
                @DefaultValue("1.0") double weight) {}

        /** What it wants of a result. */
        public record View(String label) {}

        /** The result. */
        public record Used(int count) {}
    }
}
