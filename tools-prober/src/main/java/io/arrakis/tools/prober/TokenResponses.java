package io.arrakis.tools.prober;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Table;
import java.util.ArrayList;
import java.util.List;

/** The responses of a neuron at each token of some texts. */
final class TokenResponses {

    /** Texts that are shown token by token. */
    static final int SHOWN = 10;

    /** One text: its id, whether it has the concept, its tokens, and the response at each. */
    record Text(String id, boolean label, List<String> tokens, float[] responses) {}

    private TokenResponses() {}

    /**
     * Runs texts through the model.
     *
     * @param rows their id, label and text, as a table of texts has them
     * @param most texts are cut to so many tokens, special tokens counted
     */
    static List<Text> of(Table rows, Neuron neuron, int most, OperationContext context) {
        int shown = Math.min(SHOWN, rows.rows().size());
        List<String> texts = rows.cells("text").subList(0, shown).stream()
                .map(String.class::cast)
                .toList();
        SentenceBatches batches = new SentenceBatches(texts, context.tokenizer(), most);
        List<float[]> responses = batches.responses(context.passes(), neuron);
        List<Text> read = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Encoding text = batches.text(i);
            read.add(new Text(
                    (String) rows.cells("example").get(i),
                    (Boolean) rows.cells("label").get(i),
                    text.tokens(),
                    responses.get(i)));
        }
        return read;
    }

    static Table table(List<Text> texts) {
        Table.Builder table = Table.builder()
                .text("example", "id of the text")
                .flag("label", "whether it has the concept")
                .integer("position", "of the token, special tokens counted")
                .text("token", "as the vocabulary spells it")
                .number("response", "of the best neuron");
        for (Text text : texts) {
            for (int i = 0; i < text.responses().length; i++) {
                table.row(text.id(), text.label(), i, text.tokens().get(i), (double) text.responses()[i]);
            }
        }
        return table.build();
    }
}
