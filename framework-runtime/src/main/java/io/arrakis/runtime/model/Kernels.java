package io.arrakis.runtime.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.arrakis.api.model.ActivationFunction;
import io.arrakis.runtime.engine.TensorList;
import io.arrakis.runtime.engine.TorchFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code kernels.py}, which says what each does. A result belongs to the owner of the first array. Safe for use by
 * several threads.
 */
final class Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    private static final Map<Products, Kernels> LOADED = new EnumMap<>(Products.class);
    private static final String MISSING_OPERATION = "Unknown builtin op: mkldnn";

    private final TorchFunctions functions;

    private Kernels(TorchFunctions functions) {
        this.functions = functions;
    }

    /** The steps for a number type and a device: linear layers by oneDNN in float32 on the CPU, where this libtorch has it. */
    static Kernels of(Engine engine, Precision precision, Device device) {
        boolean packs = precision == Precision.FLOAT32 && !device.isGpu();
        return packs ? packing(engine) : load(engine, Products.LIBTORCH);
    }

    private static synchronized Kernels packing(Engine engine) {
        try {
            return load(engine, Products.ONEDNN);
        } catch (EngineException e) {
            if (!String.valueOf(e.getMessage()).contains(MISSING_OPERATION)) {
                throw e;
            }
            LOG.warn("this build of libtorch has no oneDNN; linear layers are computed by its own products");
            LOADED.put(Products.ONEDNN, load(engine, Products.LIBTORCH));
            return LOADED.get(Products.ONEDNN);
        }
    }

    private static synchronized Kernels load(Engine engine, Products products) {
        return LOADED.computeIfAbsent(products, key -> {
            String source = resource("kernels.py") + resource(key.resource());
            return new Kernels(TorchFunctions.compile(engine, "Kernels", source));
        });
    }

    private static String resource(String name) {
        try (InputStream in = Kernels.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /**
     * A linear layer, in the form that the steps take.
     *
     * @param owner  owns what is made
     * @param weight {@code [out, in]}; closed where the layer has another form of it
     * @param bias   {@code [out]}, or null for none
     */
    TensorList layer(NDManager owner, NDArray weight, NDArray bias) {
        NDArray packed = functions.tensor(owner, "pack", weight);
        weight.close();
        return bias == null ? TensorList.of(owner, packed) : TensorList.of(owner, packed, bias);
    }

    NDArray linear(NDArray x, TensorList layer) {
        return tensor("linear", x, layer);
    }

    NDList project(NDArray x, TensorList layer, long heads, long keyValueHeads) {
        return functions.tensors(x.getManager(), "project", x, layer, heads, keyValueHeads);
    }

    NDArray rotate(NDArray x, Rotation rotation) {
        return tensor("rotate", x, rotation.cos(), rotation.sin());
    }

    NDArray scores(NDArray q, NDArray k, ScoreScale scale) {
        return tensor("scores", q, k, scale.factor(), scale.cap());
    }

    NDArray soften(NDArray x, OptionalDouble cap) {
        return cap.isEmpty() ? x : tensor("soften", x, cap.getAsDouble());
    }

    NDArray pattern(NDArray scores, TensorList mask, NDArray values, boolean overwrite) {
        return tensor("pattern", scores, mask, values, overwrite);
    }

    NDArray mix(NDArray pattern, NDArray values) {
        return tensor("mix", pattern, values);
    }

    NDArray combine(NDArray z, TensorList layer) {
        return tensor("combine", z, layer);
    }

    NDArray attend(NDArray q, NDArray k, NDArray v, ScoreScale scale, TensorList mask, TensorList layer) {
        return tensor("attend", q, k, v, scale.factor(), scale.cap(), mask, layer);
    }

    NDArray activate(NDArray x, ActivationFunction function, boolean overwrite) {
        return tensor("activate", x, name(function), overwrite);
    }

    NDArray neurons(NDArray x, TensorList layer, ActivationFunction function) {
        return tensor("neurons", x, layer, name(function));
    }

    NDArray gatedNeurons(NDArray x, TensorList gate, TensorList layer, ActivationFunction function) {
        return tensor("gated_neurons", x, gate, layer, name(function));
    }

    NDArray rmsNorm(NDArray x, TensorList weight, double epsilon) {
        return tensor("rms_norm", x, weight, epsilon);
    }

    NDArray layerNorm(NDArray x, TensorList weight, double epsilon) {
        return tensor("layer_norm", x, weight, epsilon);
    }

    private NDArray tensor(String function, NDArray x, Object... others) {
        Object[] arguments = new Object[others.length + 1];
        arguments[0] = x;
        System.arraycopy(others, 0, arguments, 1, others.length);
        return functions.tensor(x.getManager(), function, arguments);
    }

    private static String name(ActivationFunction function) {
        return switch (function) {
            case GELU -> "gelu";
            case GELU_NEW, GELU_PYTORCH_TANH -> "gelu_tanh";
            case SILU -> "silu";
            case RELU -> "relu";
            case QUICK_GELU -> "quick_gelu";
        };
    }
}
