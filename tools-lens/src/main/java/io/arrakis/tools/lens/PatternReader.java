package io.arrakis.tools.lens;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Capture;
import io.arrakis.api.model.ForwardRequest;
import io.arrakis.api.operation.OperationContext;
import java.util.List;
import java.util.stream.IntStream;

/** Runs inputs through the model and hands out the attention of each block. */
final class PatternReader {

    /** Bytes of patterns that one pass hands out, unless one input alone has more. */
    static final long BYTES_A_PASS = 64L << 20;

    private final OperationContext context;
    private final List<HookName> hooks;
    private final int heads;

    PatternReader(OperationContext context, List<Integer> blocks) {
        this.context = context;
        this.hooks = blocks.stream()
                .map(block -> HookName.of(HookPoint.PATTERN, block))
                .toList();
        this.heads = context.model().architecture().dims().nHeads();
    }

    /** Takes the attention of one input. */
    interface Sink {

        /**
         * Takes all blocks of one input.
         *
         * @param input    number of the input
         * @param patterns by block, in the order that was asked for, then by head
         */
        void accept(int input, List<List<AttentionPattern>> patterns);
    }

    /** Returns the bytes of the patterns of one input. */
    static long bytes(int blocks, int heads, int length) {
        return (long) Float.BYTES * blocks * heads * length * length;
    }

    /** Reads inputs; neighbours of one length share a pass. */
    void read(List<TokenRow> inputs, Sink sink) {
        int start = 0;
        while (start < inputs.size()) {
            int end = end(inputs, start);
            read(inputs.subList(start, end), start, sink);
            start = end;
        }
    }

    private int end(List<TokenRow> inputs, int start) {
        int length = inputs.get(start).length();
        long most = Math.max(1, BYTES_A_PASS / bytes(hooks.size(), heads, length));
        int end = start + 1;
        while (end < inputs.size() && end - start < most && inputs.get(end).length() == length) {
            end++;
        }
        return end;
    }

    private void read(List<TokenRow> batch, int first, Sink sink) {
        int length = batch.get(0).length();
        try (Capture capture = context.passes().run(TokenRow.batch(batch), ForwardRequest.keep(hooks))) {
            List<float[]> values = hooks.stream().map(capture::toArray).toList();
            for (int row = 0; row < batch.size(); row++) {
                int offset = row * heads * length * length;
                sink.accept(
                        first + row,
                        values.stream()
                                .map(block -> ofHeads(block, offset, length))
                                .toList());
            }
        }
    }

    private List<AttentionPattern> ofHeads(float[] values, int offset, int length) {
        return IntStream.range(0, heads)
                .mapToObj(head -> new AttentionPattern(values, offset + head * length * length, length))
                .toList();
    }
}
