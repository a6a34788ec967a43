package io.arrakis.runtime.model.family;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.TensorInfo;
import io.arrakis.api.model.TensorLayout;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses files that hold weights of which the configuration says nothing: a model without them would compute something else
 * than the model that was saved.
 */
final class UnreadTensors {
    private static final int SHOWN = 5;
    private static final Pattern BLOCK = Pattern.compile("\\.(\\d{1,9})\\.");

    /** Types that are no weight: whole numbers and truth values. */
    private static final Pattern WHOLE = Pattern.compile("(?i)(?:u?int|[iu]\\d|bool).*");

    /** Buffers that are computed from the configuration, which some versions wrote. */
    private static final Pattern BUFFER = Pattern.compile(
            ".*(?:rotary_emb\\.(?:[a-z_]+_)?(?:inv_freq|cos_cached|sin_cached)|\\bposition_ids|\\btoken_type_ids)");

    /** Heads for other tasks, which no hook point depends on. */
    private static final Pattern TASK_HEAD =
            Pattern.compile("(?:score|classifier|qa_outputs|v_head|multiple_choice_head)\\..*");

    private final ModelFamily family;
    private final Architecture architecture;
    private final Map<String, TensorInfo> catalog;

    /** For each tensor that is named: how many of its last outputs are not read. */
    private final Map<String, Long> unreadOutputs = new HashMap<>();

    UnreadTensors(ModelFamily family, Architecture architecture, Map<String, TensorInfo> catalog) {
        this.family = family;
        this.architecture = architecture;
        this.catalog = catalog;
    }

    /**
     * Compares the files with what the family reads of them.
     *
     * @param origin the configuration
     * @throws ArrakisException with {@code MODEL-CONFIG} if weights are left over
     */
    void refuse(String origin) {
        for (WeightName name : architecture.weightNames()) {
            family.locate(name, architecture).forEach(this::mark);
        }
        List<String> unread = catalog.keySet().stream()
                .sorted()
                .filter(tensor -> isNumbers(tensor) && !unreadOutputs.containsKey(tensor) && !isHarmless(tensor))
                .toList();
        if (!unread.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.MODEL_CONFIG,
                    origin,
                    "the files hold weights that the model it describes does not have: " + shown(unread),
                    mending(unread));
        }
        List<String> half = unreadOutputs.keySet().stream()
                .sorted()
                .filter(tensor -> unreadOutputs.get(tensor) > 0)
                .toList();
        if (!half.isEmpty()) {
            throw new ArrakisException(
                    ErrorCode.MODEL_CONFIG,
                    origin,
                    "the files hold weights with more outputs than the model it describes has: " + shown(half),
                    "mend the numbers of heads and the widths in it, or take the files that belong to it");
        }
    }

    private void mark(TensorLocation location) {
        for (String name : location.names()) {
            for (String stored : List.of(name, ModelFamilies.withoutPrefix(name, family.prefix()))) {
                TensorInfo info = catalog.get(stored);
                if (info != null) {
                    unreadOutputs.merge(stored, behind(location, info), Math::min);
                }
            }
        }
    }

    /** How many outputs stand behind the last that is read; below 0, which is found when they are read, if there are too few. */
    private static long behind(TensorLocation location, TensorInfo info) {
        TensorLocation.Rows rows = location.rows();
        long end = rows.first() + (rows.count() - 1L) * rows.stride() + rows.length();
        return rows.all() ? 0 : outputs(location.layout(), info) - end;
    }

    private static long outputs(TensorLayout layout, TensorInfo info) {
        List<Long> sizes = info.shape();
        return sizes.isEmpty() ? 1 : sizes.get(layout == TensorLayout.OUT_IN ? 0 : sizes.size() - 1);
    }

    private boolean isNumbers(String tensor) {
        return !WHOLE.matcher(catalog.get(tensor).type()).matches();
    }

    private boolean isHarmless(String tensor) {
        String bare = ModelFamilies.withoutPrefix(tensor, family.prefix());
        return BUFFER.matcher(tensor).matches() || TASK_HEAD.matcher(bare).matches() || family.mayLeaveUnread(tensor);
    }

    private static String shown(List<String> tensors) {
        String more = tensors.size() > SHOWN ? " and " + (tensors.size() - SHOWN) + " more" : "";
        return tensors.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }

    private String mending(List<String> unread) {
        int blocks = architecture.dims().nLayers();
        OptionalInt beyond = unread.stream()
                .flatMap(UnreadTensors::block)
                .mapToInt(Integer::intValue)
                .max();
        if (beyond.isPresent() && beyond.getAsInt() >= blocks) {
            return "it says that there are " + blocks + " blocks (num_hidden_layers, n_layer); the files have block "
                    + beyond.getAsInt();
        }
        if (unread.stream().allMatch(tensor -> tensor.endsWith("bias"))) {
            return "if the model has these biases, it must say so (attention_bias, use_qkv_bias, mlp_bias), or model_type"
                    + " is that of another family";
        }
        return "the files and config.json must be of one model, and model_type must be that of its family";
    }

    private static Stream<Integer> block(String tensor) {
        Matcher matcher = BLOCK.matcher(tensor);
        return matcher.find() ? Stream.of(Integer.valueOf(matcher.group(1))) : Stream.empty();
    }
}
