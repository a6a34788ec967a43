package io.arrakis.benchmarks.capture;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/** The plain forward pass of the same model in ONNX Runtime; nothing but its last residual stream comes out. */
final class OnnxWorkload implements AutoCloseable {

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    OnnxWorkload(int rows, int columns, int threads) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream model = OnnxWorkload.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model.readAllBytes(), options);
        }
        long[][] ids = Arrays.stream(TokenIds.of(rows, columns))
                .map(row -> Arrays.stream(row).asLongStream().toArray())
                .toArray(long[][]::new);
        long[][] ones = new long[rows][columns];
        for (long[] row : ones) {
            Arrays.fill(row, 1);
        }
        inputs = Map.of(
                "input_ids", OnnxTensor.createTensor(environment, ids),
                "attention_mask", OnnxTensor.createTensor(environment, ones),
                "token_type_ids", OnnxTensor.createTensor(environment, new long[rows][columns]));
    }

    /** Runs once and returns the last number of the output. */
    float run() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            var values = output.getFloatBuffer();
            return values.get(values.limit() - 1);
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
