package io.arrakis.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelConfigTest {
    private static ModelConfig config() {
        Map<String, Object> values = new HashMap<>();
        values.put("layers", 4);
        values.put("theta", 1e4);
        values.put("name", "gpt");
        values.put("flag", true);
        values.put("none", null);
        values.put("rope", Map.of("factor", 2.0, "odd", 1));
        values.put("types", List.of("a", "b"));
        return new ModelConfig("config.json", values);
    }

    @Test
    void readsByType() {
        ModelConfig config = config();
        assertThat(config.integer("layers")).hasValue(4);
        assertThat(config.number("theta")).hasValue(1e4);
        assertThat(config.integer("theta")).hasValue(10_000);
        assertThat(config.text("name")).contains("gpt");
        assertThat(config.flag("flag")).contains(true);
        assertThat(config.texts("types")).contains(List.of("a", "b"));
        assertThat(config.object("rope").orElseThrow().number("factor")).hasValue(2);
    }

    @Test
    void nullIsAbsentAndCanBeToldFromIt() {
        ModelConfig config = config();
        assertThat(config.text("none")).isEmpty();
        assertThat(config.isNull("none")).isTrue();
        assertThat(config.isNull("never")).isFalse();
        assertThat(config.has("none")).isFalse();
    }

    @Test
    void remembersWhatWasRead() {
        ModelConfig config = config();
        config.integer("layers");
        config.ignore(List.of("name", "flag"));
        config.object("rope").orElseThrow().number("factor");
        assertThat(config.unread()).containsExactly("rope.odd", "theta", "types");
    }

    @Test
    void refusesOtherTypesByName() {
        ModelConfig config = config();
        assertThatThrownBy(() -> config.integer("name")).hasMessageContaining("name must be a number, not gpt");
        assertThatThrownBy(() -> config.flag("layers")).hasMessageContaining("layers must be a flag, not 4");
        assertThatThrownBy(() -> config.text("rope")).hasMessageContaining("rope must be a text");
        assertThatThrownBy(() -> config.numbers("types")).hasMessageContaining("types must be a list of numbers");
        assertThatThrownBy(() -> config.requiredInteger("never")).hasMessageContaining("never is missing");
        assertThatThrownBy(() -> new ModelConfig("c", Map.of("n", 1.5)).integer("n"))
                .hasMessageContaining("n must be a whole number, not 1.5");
    }
}
