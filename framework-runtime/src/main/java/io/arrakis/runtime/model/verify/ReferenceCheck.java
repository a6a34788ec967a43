package io.arrakis.runtime.model.verify;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.capture.NamedBatch;
import io.arrakis.runtime.capture.TokenFile;
import io.arrakis.runtime.safetensors.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The numbers are those of another implementation, from a folder with its inputs and its tensors. */
final class ReferenceCheck {

    /** {@code |a - b| <= 2e-4 + 2e-4 |b|}: computing in float64 instead of float32 uses a twentieth of it. */
    private static final double TOLERANCE = 2e-4;

    private static final String INPUTS = "inputs.json";
    private static final String EXPECTED = "expected.safetensors";

    private final HookedModel model;
    private final Architecture architecture;
    private final Path folder;
    private final SafetensorsFile expected;
    private final Worst worst = new Worst();

    private ReferenceCheck(HookedModel model, Path folder, SafetensorsFile expected) {
        this.model = model;
        this.architecture = model.description().architecture();
        this.folder = folder;
        this.expected = expected;
    }

    /**
     * Compares with a folder.
     *
     * @param folder with {@code inputs.json}, batches of token ids, and {@code expected.safetensors}, tensors named {@code
     *               batch.hook}
     */
    static Finding run(HookedModel model, Path folder) {
        Path tensors = folder.resolve(EXPECTED);
        if (!Files.isRegularFile(tensors)) {
            throw new ArrakisException(
                    ErrorCode.FILE_MISSING,
                    folder.toString(),
                    "there is no " + EXPECTED,
                    "give a folder with " + INPUTS + " and " + EXPECTED);
        }
        List<NamedBatch> batches = TokenFile.read(folder.resolve(INPUTS));
        return new ReferenceCheck(model, folder, SafetensorsFile.open(tensors)).compare(batches);
    }

    private Finding compare(List<NamedBatch> batches) {
        requireBatches(batches);
        int compared = 0;
        for (NamedBatch batch : batches) {
            Map<HookName, String> names = names(batch.name() + ".");
            compared += names.size();
            if (!names.isEmpty()) {
                Tensor.of(model, batch.batch(), names.keySet())
                        .values()
                        .forEach(tensor -> compare(tensor, names.get(tensor.hook()), batch.batch()));
            }
        }
        if (compared == 0) {
            throw unfit("has no tensor of a batch of " + INPUTS);
        }
        return worst.finding("reference, " + compared + " tensors", TOLERANCE);
    }

    private void requireBatches(List<NamedBatch> batches) {
        for (String tensor : expected.entries().keySet()) {
            if (batches.stream().noneMatch(batch -> tensor.startsWith(batch.name() + "."))) {
                throw unfit("has '" + tensor + "', but " + INPUTS + " has no batch of that name; its batches are "
                        + batches.stream().map(NamedBatch::name).collect(Collectors.joining(", ")));
            }
        }
    }

    private Map<HookName, String> names(String prefix) {
        Map<HookName, String> names = new TreeMap<>();
        for (String tensor : expected.entries().keySet()) {
            if (tensor.startsWith(prefix)) {
                names.put(hook(tensor, tensor.substring(prefix.length())), tensor);
            }
        }
        return names;
    }

    private HookName hook(String tensor, String name) {
        return architecture.hookNames().stream()
                .filter(hook -> hook.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> unfit("has '" + tensor + "', but the model has no hook point '" + name + "'"));
    }

    private ArrakisException unfit(String what) {
        return new ArrakisException(
                ErrorCode.DATA_UNFIT, folder.resolve(EXPECTED).toString(), what, "name tensors batch.hook");
    }

    private void compare(Tensor actual, String name, TokenBatch batch) {
        long[] shape =
                expected.entry(name).shape().stream().mapToLong(Long::longValue).toArray();
        if (!Arrays.equals(shape, actual.shape())) {
            worst.fail(name + ": shape " + Arrays.toString(actual.shape()) + ", not " + Arrays.toString(shape));
            return;
        }
        float[] values = expected.floats(name);
        for (int i = 0; i < values.length; i++) {
            if (actual.isDefined(actual.place(i), batch)) {
                worst.compare(name, actual.values()[i], values[i], 1 + Math.abs(values[i]));
            }
        }
    }
}
