package io.arrakis.runtime.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Functions in TorchScript. A call runs many operations of libtorch for the price of one, and reaches operations that DJL has no
 * method for. Safe for use by several threads.
 */
public final class TorchFunctions {
    private final PtSymbolBlock module;

    private TorchFunctions(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Compiles functions, which stay until the process ends; some 10 ms.
     *
     * @param engine    the engine, started
     * @param className the class that the source defines
     * @param source    one class with methods; see {@link TorchArchive}
     * @throws ai.djl.engine.EngineException if libtorch refuses the source, or has not an operation that it names
     */
    public static TorchFunctions compile(Engine engine, String className, String source) {
        PtNDManager owner = (PtNDManager) engine.newBaseManager();
        try {
            byte[] archive = TorchArchive.of(className, source);
            return new TorchFunctions(JniUtils.loadModule(owner, new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            throw new UncheckedIOException("an archive in memory cannot be read", e);
        }
    }

    /**
     * Calls a function that returns a tensor.
     *
     * @param owner     owns the result, which is libtorch's kind that is made for inference: no other code may overwrite it
     * @param arguments arrays, lists of arrays, whole numbers (long), numbers (double), truth values and strings
     */
    public NDArray tensor(NDManager owner, String function, Object... arguments) {
        try (IValue result = call(function, arguments)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /** Calls a function that returns a list of tensors; otherwise like {@link #tensor}. */
    public NDList tensors(NDManager owner, String function, Object... arguments) {
        try (IValue result = call(function, arguments)) {
            return new NDList(result.toTensorArray((PtNDManager) owner));
        }
    }

    private IValue call(String function, Object... arguments) {
        JniUtils.setGraphExecutorOptimize(
                false); // a thread's own setting: no trial runs, no recompiling for each shape
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = value(arguments[i]);
            }
            return IValueUtils.runMethod(module, function, values);
        } finally {
            for (int i = 0; i < values.length; i++) {
                if (values[i] != null && !(arguments[i] instanceof TensorList)) {
                    values[i].close();
                }
            }
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof PtNDArray array) {
            return IValue.from(array);
        }
        if (argument instanceof TensorList list) {
            return list.value();
        }
        if (argument instanceof Long number) {
            return IValue.from(number);
        }
        if (argument instanceof Double number) {
            return IValue.from(number);
        }
        if (argument instanceof Boolean truth) {
            return IValue.from(truth);
        }
        if (argument instanceof String text) {
            return IValue.from(text);
        }
        throw new IllegalArgumentException("TorchScript takes no " + argument);
    }
}
