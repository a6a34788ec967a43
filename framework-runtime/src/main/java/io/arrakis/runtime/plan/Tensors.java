package io.arrakis.runtime.plan;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers of the engine's tensors. */
final class Tensors {

    private Tensors() {}

    /** Returns the numbers of a row-major tensor: its own memory where they are float32, a copy where they are float64. */
    static FloatBuffer floats(INDArray tensor) {
        if (tensor.dataType() != DataType.FLOAT) {
            return FloatBuffer.wrap(tensor.data().asFloat());
        }
        FloatPointer pointer = new FloatPointer(tensor.data().pointer());
        long first = tensor.offset();
        return pointer.position(first).limit(first + tensor.length()).asBuffer();
    }
}
