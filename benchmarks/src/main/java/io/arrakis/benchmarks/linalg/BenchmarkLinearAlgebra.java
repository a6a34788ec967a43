package io.arrakis.benchmarks.linalg;

import io.arrakis.api.linalg.LinearAlgebra;
import io.arrakis.runtime.linalg.Nd4jLinearAlgebra;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times the kernels of the analyses; each run checks its own result. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"})
public class BenchmarkLinearAlgebra {

    @Param
    private Workloads workload;

    @Param("2")
    private int threads;

    private LinearAlgebra linearAlgebra;
    private Workload work;

    @Setup
    public void makeNumbers() {
        linearAlgebra = new Nd4jLinearAlgebra(threads);
        work = workload.make();
    }

    @Benchmark
    public void kernel() {
        work.run(linearAlgebra);
    }
}
