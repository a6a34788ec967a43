package io.arrakis.runtime.device;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which GPU each of several processes sees: one of those that this process sees, in turn.
 *
 * @param visible what CUDA calls them; empty where every process sees what this one does
 */
public record WorkerGpus(List<String> visible) {

    private static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    /** Copies the list. */
    public WorkerGpus {
        visible = List.copyOf(visible);
    }

    /**
     * Shares out GPUs. Where an experiment names one by its number, nothing is hidden from anybody, so that the number keeps its
     * meaning.
     *
     * @param requests    what the experiments ask for
     * @param gpus        number of GPUs that this process sees
     * @param environment of this process: what it inherits says which GPUs it may use
     */
    public static WorkerGpus of(Collection<DeviceRequest> requests, int gpus, Map<String, String> environment) {
        boolean named = requests.stream().anyMatch(DeviceRequest.OneGpu.class::isInstance);
        if (named || !areAskedFor(requests)) {
            return new WorkerGpus(List.of());
        }
        String inherited = environment.get(VARIABLE);
        List<String> all = inherited == null
                ? IntStream.range(0, gpus).mapToObj(Integer::toString).toList()
                : Arrays.stream(inherited.split(",")).map(String::strip).toList();
        return new WorkerGpus(all.subList(0, Math.min(gpus, all.size())));
    }

    /** Returns whether any of several experiments may use a GPU. */
    public static boolean areAskedFor(Collection<DeviceRequest> requests) {
        return requests.stream().anyMatch(request -> !(request instanceof DeviceRequest.Cpu));
    }

    /** Returns the variables of a process, by its number from 0. */
    public Map<String, String> environment(int process) {
        return visible.isEmpty() ? Map.of() : Map.of(VARIABLE, visible.get(process % visible.size()));
    }
}
