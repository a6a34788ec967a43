package io.arrakis.runtime.run;

import io.arrakis.api.ApiVersion;
import io.arrakis.api.ToolDescriptor;
import io.arrakis.api.ToolPlugin;
import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.model.KeptType;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer.SpecialTokens;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.PositionSet;
import io.arrakis.api.operation.StepRef;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small operations that show what the runtime does for them, and others that misbehave. */
public final class PlantedPlugin implements ToolPlugin {

    @Override
    public int apiVersion() {
        return ApiVersion.CURRENT;
    }

    @Override
    public List<ToolDescriptor> tools() {
        return List.of(ToolDescriptor.named(
                "planted",
                "Operations for tests.",
                ReadRows.class,
                SumRows.class,
                ReadWeight.class,
                RunPasses.class,
                AddToRows.class,
                Shift.class,
                Misbehave.class));
    }

    /** Copies the rows of a residual layer. */
    public static final class ReadRows implements Operation<ReadRows.Params, ReadRows.Read> {

        /** Which. */
        public record Params(
                @Layer(LayerKind.RESIDUAL) int layerIdx,
                TextSet texts,
                @DefaultValue("each") Rows rows,
                @DefaultValue("all") PositionSet positions,
                @DefaultValue("float32") KeptType keptAs) {}

        /** What is known before. */
        public record Outline(int layer) {}

        /** The rows. */
        public record Read(
                int layer,
                @Headline("mean of all values") Estimate mean,
                Table rows,
                Tensor values,
                Evaluation evaluation,
                List<String> warnings) {}

        @Inject
        ReadRows() {}

        @Override
        public void check(ReadRows.Params params, Planning planning, Problems problems) {
            if (params.texts() instanceof TextSet.Listed listed
                    && listed.texts().isEmpty()) {
                problems.at("texts").error(ErrorCode.TOOL_INPUT, "there are no texts", "give one");
            }
        }

        @Override
        public Record outline(ReadRows.Params params, Planning planning) {
            return new Outline(params.layerIdx());
        }

        @Override
        public Requirements requires(ReadRows.Params params, Planning planning) {
            HookName hook = HookName.residual(params.layerIdx());
            return Requirements.builder()
                    .capture(CaptureRequest.of("rows", params.texts().source(), params.rows(), List.of(hook))
                            .at(params.positions().positions())
                            .keptAs(params.keptAs()))
                    .build();
        }

        @Override
        public ReadRows.Read run(ReadRows.Params params, Inputs inputs, OperationContext context) {
            HookName hook = HookName.residual(params.layerIdx());
            Activations activations = inputs.activations("rows");
            TokenRows rows = activations.rows();
            Table.Builder table = Table.builder()
                    .integer("example", "")
                    .integer("position", "")
                    .integer("token", "")
                    .text("word", "")
                    .flag("whole", "");
            for (int row = 0; row < rows.count(); row++) {
                String text = rows.text(rows.example(row));
                String word = rows.start(row) < 0 ? null : text.substring(rows.start(row), rows.end(row));
                table.row(rows.example(row), rows.position(row), rows.tokenId(row), word, rows.wholeWord(row));
            }
            float[] gathered =
                    activations.gather(hook, IntStream.range(0, rows.count()).toArray());
            INDArray all = activations.all(hook);
            double mean = all.meanNumber().doubleValue();
            Evaluation evaluation = new Evaluation(
                    List.of(new Evaluation.Row("P1", "mean", Estimate.withoutInterval(mean), Double.NaN)));
            return new ReadRows.Read(
                    params.layerIdx(),
                    Estimate.withoutInterval(mean),
                    table.build(),
                    Tensor.of(List.of("row", "d_model"), new int[] {rows.count(), activations.width(hook)}, gathered),
                    evaluation,
                    List.of("read " + rows.count() + " rows"));
        }
    }

    /** Adds up the rows of a residual layer, block by block. */
    public static final class SumRows implements Operation<SumRows.Params, SumRows.Sum> {

        private static final int BLOCK = 1024;

        /** Which. */
        public record Params(@Layer(LayerKind.RESIDUAL) int layerIdx, TextSet texts) {}

        /** The sum of all values, and of how many rows and characters they are. */
        public record Sum(double sum, long rows, long characters) {}

        @Inject
        SumRows() {}

        @Override
        public Requirements requires(SumRows.Params params, Planning planning) {
            HookName hook = HookName.residual(params.layerIdx());
            return Requirements.capture("rows", params.texts().source(), Rows.EACH, hook);
        }

        @Override
        public SumRows.Sum run(SumRows.Params params, Inputs inputs, OperationContext context) {
            HookName hook = HookName.residual(params.layerIdx());
            Activations activations = inputs.activations("rows");
            TokenRows rows = activations.rows();
            double sum = 0;
            for (int first = 0; first < rows.count(); first += BLOCK) {
                int end = Math.min(rows.count(), first + BLOCK);
                int[] block = IntStream.range(first, end).toArray();
                for (float value : activations.gather(hook, block)) {
                    sum += value;
                }
            }
            long characters = IntStream.range(0, rows.count())
                    .mapToLong(row -> rows.end(row) - rows.start(row))
                    .sum();
            return new SumRows.Sum(sum, rows.count(), characters);
        }
    }

    /** Reads one weight and no activations. */
    public static final class ReadWeight implements Operation<ReadWeight.Params, ReadWeight.Read> {

        /** Which block. */
        public record Params(@Layer(LayerKind.BLOCK) int block) {}

        /** The sum of its squares, and how many bytes of weights had been read. */
        public record Read(double squares, long bytesRead) {}

        @Inject
        ReadWeight() {}

        @Override
        public Requirements requires(ReadWeight.Params params, Planning planning) {
            return Requirements.weights(List.of(WeightName.of(WeightPoint.W_IN, params.block())));
        }

        @Override
        public ReadWeight.Read run(ReadWeight.Params params, Inputs inputs, OperationContext context) {
            try (INDArray weight = inputs.weights().get(WeightName.of(WeightPoint.W_IN, params.block()))) {
                double squares = weight.norm2Number().doubleValue();
                return new ReadWeight.Read(squares, inputs.weights().bytesRead());
            }
        }
    }

    /** Runs passes of its own. */
    public static final class RunPasses implements Operation<RunPasses.Params, RunPasses.Ran> {

        /** How many are declared and run. */
        public record Params(
                String text,
                int declared,
                int ran,
                @DefaultValue("true") boolean kept) {}

        /** What it saw. */
        public record Ran(double sum) {}

        @Inject
        RunPasses() {}

        @Override
        public Requirements requires(RunPasses.Params params, Planning planning) {
            Requirements.Builder required = Requirements.builder();
            return (params.kept()
                            ? required.passes(params.declared(), 1 << 20)
                            : required.passesOnce(params.declared(), 1 << 20))
                    .build();
        }

        @Override
        public Ran run(RunPasses.Params params, Inputs inputs, OperationContext context) {
            Encoding encoding = context.tokenizer().encode(params.text(), SpecialTokens.ADD);
            double sum = 0;
            for (int i = 0; i < params.ran(); i++) {
                HookName hook = HookName.of(HookPoint.MLP_POST, 0);
                TokenBatch batch = TokenBatch.rightPadded(List.of(encoding), 0);
                try (var capture = context.passes().run(batch, ForwardRequest.keep(hook))) {
                    sum += capture.get(hook).sumNumber().doubleValue();
                }
            }
            return new Ran(sum);
        }
    }

    /** Reads an earlier step through a record of its own. */
    public static final class AddToRows implements Operation<AddToRows.Params, AddToRows.Added> {

        /** Only some components of what the step gives. */
        public record Rowed(Estimate mean, long layer, Optional<String> missing) {}

        /** Only what matters of the outline. */
        public record Known(int layer) {}

        /** To what to add how much. */
        public record Params(StepRef<Rowed> rows, double add) {}

        /** The sum. */
        public record Added(double sum, int layer) {}

        @Inject
        AddToRows() {}

        @Override
        public Record outline(AddToRows.Params params, Planning planning) {
            return planning.outline(params.rows(), Known.class).orElseThrow();
        }

        @Override
        public Requirements requires(AddToRows.Params params, Planning planning) {
            return Requirements.none();
        }

        @Override
        public Added run(AddToRows.Params params, Inputs inputs, OperationContext context) {
            Rowed rows = inputs.step(params.rows(), Rowed.class);
            return new Added(rows.mean().value() + params.add(), (int) rows.layer());
        }
    }

    /** Gives a number that later steps can take as a parameter. */
    public static final class Shift implements Operation<Shift.Params, Shift.Shifted> {

        /** From where. */
        public record Params(int from) {}

        /** One further. */
        public record Shifted(int to, Nested nested) {}

        /** Something inside. */
        public record Nested(List<Integer> list) {}

        @Inject
        Shift() {}

        @Override
        public Requirements requires(Shift.Params params, Planning planning) {
            return Requirements.none();
        }

        @Override
        public Shifted run(Shift.Params params, Inputs inputs, OperationContext context) {
            return new Shifted(params.from() + 1, new Nested(List.of(params.from(), params.from() + 1)));
        }
    }

    /** Fails as it is told. */
    public static final class Misbehave implements Operation<Misbehave.Params, Misbehave.Never> {

        /** How. */
        public enum How {
            THROW,
            ERROR,
            REFUSE,
            REFUSE_PARAMETER,
            REFUSE_DATA,
            NOT_A_NUMBER,
            RETURN_NULL,
            UNDECLARED_CAPTURE,
            UNDECLARED_PASSES,
            CANCEL,
            WAIT,
            MEMORY,
            DIE
        }

        /** How. */
        public record Params(How how, Optional<DataRef> texts) {}

        /** Hardly ever. */
        public record Never(double value) {}

        @Inject
        Misbehave() {}

        @Override
        public Requirements requires(Misbehave.Params params, Planning planning) {
            return Requirements.none();
        }

        @Override
        public Never run(Misbehave.Params params, Inputs inputs, OperationContext context) {
            return switch (params.how()) {
                case THROW -> throw new IllegalStateException("planted failure");
                case ERROR -> throw new NoSuchMethodError("planted");
                case REFUSE -> throw new ArrakisException(ErrorCode.DATA_UNFIT, "row 3", "it is planted", "dig it up");
                case REFUSE_PARAMETER ->
                    throw new ArrakisException(ErrorCode.TOOL_INPUT, "how[0]", "it is planted", "dig it up");
                case REFUSE_DATA ->
                    throw new ArrakisException(ErrorCode.DATA_UNFIT, "data.texts", "it is planted", "dig it up");
                case NOT_A_NUMBER -> new Never(Double.NaN);
                case RETURN_NULL -> null;
                case UNDECLARED_CAPTURE -> new Never(inputs.activations("rows").width(HookName.residual(0)));
                case UNDECLARED_PASSES ->
                    new Never(context.passes().description().parameterCount());
                case CANCEL -> throw new CancellationException("nobody asked");
                case WAIT -> waitForEnd(context);
                case MEMORY -> throw new OutOfMemoryError("planted");
                case DIE -> die();
            };
        }

        private static Never die() {
            Runtime.getRuntime().halt(3);
            return new Never(0);
        }

        private static Never waitForEnd(OperationContext context) {
            while (true) {
                context.checkCancelled();
                Thread.onSpinWait();
            }
        }
    }
}
