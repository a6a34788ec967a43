package io.arrakis.runtime.spec.tree;

import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes maps, lists, texts, numbers and booleans as YAML: equal values give equal texts, which read back to them. */
public final class YamlWriter {

    private static final int WIDTH = 120;

    private static final Set<String> OLD_BOOLEANS = Set.of("y", "n", "yes", "no", "on", "off");

    private YamlWriter() {}

    /** Returns YAML with a key or an item on each line. */
    public static String write(Object value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setDereferenceAliases(true)
                .setIndent(2)
                .setSplitLines(false)
                .setWidth(WIDTH)
                .setSchema(new Cautious())
                .build();
        return new Dump(settings).dumpToString(value);
    }

    /** Takes the words of YAML 1.1 for booleans too, so that texts like {@code no} are quoted and any reader sees texts. */
    private static final class Cautious extends CoreSchema {

        @Override
        public ScalarResolver getScalarResolver() {
            ScalarResolver core = super.getScalarResolver();
            return (value, implicit) -> implicit && OLD_BOOLEANS.contains(value.toLowerCase(Locale.ROOT))
                    ? Tag.BOOL
                    : core.resolve(value, implicit);
        }
    }
}
