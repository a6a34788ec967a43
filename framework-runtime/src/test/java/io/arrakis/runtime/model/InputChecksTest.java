package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.runtime.model.family.ModelFamilies;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids and positions beyond a model's tables are refused with what is wrong with them. */
class InputChecksTest {
    private static Architecture model(String type) {
        Map<String, Object> config = Map.of(
                "model_type", type,
                "hidden_size", 8,
                "num_attention_heads", 2,
                "num_hidden_layers", 1,
                "intermediate_size", 8,
                "max_position_embeddings", 16,
                "vocab_size", 10);
        return ModelFamilies.builtIn()
                .describe(new ModelConfig("config.json", config))
                .architecture();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama | 1 | -1 | position -1 at row 0, position 1 is negative; count from 0; tokens that are no part of"
                        + " a text have 0 in attention_mask",
                "bert | 1 | -7 | position -7 at row 0, position 1 is negative; count from 0",
                "llama | -1 | 0 | token id -1 at row 0, position 1 is negative; count from 0",
                "llama | 10 | 0 | token id 10 at row 0, position 1 is beyond the model's 10; use the model's own",
                "bert | 1 | 16 | position 16 at row 0, position 1 is beyond the model's 16; use the model's own"
            })
    void saysWhatIsWrongWithATokenOrItsPosition(String type, int id, int position, String message) {
        TokenBatch batch = TokenBatch.of(new int[][] {{1, id}}, new boolean[][] {{true, true}})
                .withPositions(new int[][] {{0, position}});
        Architecture model = model(type);
        assertThatThrownBy(() -> InputChecks.require(batch, TokenPositions.of(batch, 0), model))
                .hasMessageContaining("token batch")
                .hasMessageContaining(message);
    }
}
