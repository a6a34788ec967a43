package io.arrakis.runtime.spec.tree;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes maps, lists, texts, numbers and booleans as YAML: equal values give equal texts, which read back to them. */
public final class YamlWriter {

    private static final int WIDTH = 120;

    private YamlWriter() {}

    /** Returns YAML with a key or an item on each line. */
    public static String write(Object value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setDereferenceAliases(true)
                .setIndent(2)
                .setSplitLines(false)
                .setWidth(WIDTH)
                .build();
        return new Dump(settings).dumpToString(value);
    }
}
