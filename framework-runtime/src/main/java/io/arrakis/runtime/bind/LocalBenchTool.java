package io.arrakis.runtime.bind;

import io.arrakis.api.bench.BenchTool;
import io.arrakis.api.operation.Operation;
import io.arrakis.runtime.plugin.Tool;

/** A tool on a bench. */
record LocalBenchTool(LocalBench bench, Tool tool) implements BenchTool {

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public Record call(String operation, Object... arguments) {
        return bench.call(tool.name() + "." + operation, arguments);
    }

    @Override
    public <P extends Record, R extends Record> R call(
            Class<? extends Operation<P, R>> operation, Object... arguments) {
        if (tool.operations().values().stream().noneMatch(known -> known.type() == operation)) {
            throw new IllegalArgumentException(operation.getName() + " is no operation of " + tool.name()
                    + ", which has " + String.join(", ", tool.operations().keySet()));
        }
        return bench.call(operation, arguments);
    }
}
