package io.arrakis.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** A float32 tensor of a {@link TinyModel}, row-major, whose values a test may change. */
public final class TinyTensor {

    private final int[] shape;
    private final float[] values;

    private TinyTensor(int[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    static TinyTensor filled(float value, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(values, value);
        return new TinyTensor(shape.clone(), values);
    }

    /** Returns the lengths of the axes. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns the values themselves, row-major. */
    public float[] values() {
        return values;
    }

    /** Sets one value of a matrix. */
    public TinyTensor set(int row, int column, double value) {
        values[row * shape[1] + column] = (float) value;
        return this;
    }

    /** Sets a row of a matrix. */
    public TinyTensor setRow(int row, double... value) {
        if (value.length != shape[1]) {
            throw new IllegalArgumentException("a row of " + shape[1] + " values, not " + value.length);
        }
        for (int column = 0; column < value.length; column++) {
            set(row, column, value[column]);
        }
        return this;
    }

    /** Sets all values to one. */
    public TinyTensor fill(double value) {
        Arrays.fill(values, (float) value);
        return this;
    }

    @SuppressWarnings("ByteBufferBackingArray") // each is made by allocate, below
    static void write(Map<String, TinyTensor> tensors, Path file) throws IOException {
        StringBuilder header = new StringBuilder("{");
        long offset = 0;
        for (Map.Entry<String, TinyTensor> entry : tensors.entrySet()) {
            long end = offset + 4L * entry.getValue().values.length;
            header.append(header.length() == 1 ? "" : ",")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                            .formatted(entry.getKey(), entry.getValue().axes(), offset, end));
            offset = end;
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(littleEndian(8).putLong(json.length).array());
            out.write(json);
            for (TinyTensor tensor : tensors.values()) {
                ByteBuffer bytes = littleEndian(4 * tensor.values.length);
                bytes.asFloatBuffer().put(tensor.values);
                out.write(bytes.array());
            }
        }
    }

    private String axes() {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
