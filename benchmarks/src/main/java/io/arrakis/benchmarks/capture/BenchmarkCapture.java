package io.arrakis.benchmarks.capture;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times a capture of MiniLM beside ONNX Runtime's plain forward pass, which copies out only the last residual stream. Both must
 * give the same last number.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"})
public class BenchmarkCapture {

    private static final float TOLERANCE = 1e-3f;

    @Param({"32x128", "8x32", "1x16", "7x53"})
    private String shape;

    @Param("2")
    private int threads;

    private CaptureWorkload capture;
    private OnnxWorkload onnx;

    @Setup(Level.Trial)
    public void open() throws Exception {
        int rows = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int columns = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        capture = new CaptureWorkload(rows, columns, threads);
        onnx = new OnnxWorkload(rows, columns, threads);
        if (Math.abs(capture.run() - onnx.run()) > TOLERANCE) {
            throw new IllegalStateException("the two engines disagree: " + capture.run() + " and " + onnx.run());
        }
    }

    @Benchmark
    public float captureOfAllResidualStreamsAndNeurons() {
        return capture.run();
    }

    @Benchmark
    public float plainPassOfOnnxRuntime() throws Exception {
        return onnx.run();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        capture.close();
        onnx.close();
    }
}
