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

    /** One text: its id, its tokens, and the response at each. */
    record Text(String id, List<String> tokens, float[] responses) {}

    private TokenResponses() {}

    /** Runs texts through the model. */
    static List<Text> of(List<String> ids, List<String> texts, Neuron neuron, OperationContext context) {
        SentenceBatches batches = new SentenceBatches(
                texts,
                context.tokenizer(),
                context.model().architecture().dims().nCtx());
        List<float[]> responses = batches.responses(context.passes(), neuron);
        List<Text> read = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Encoding text = batches.text(i);
            read.add(new Text(ids.get(i), text.tokens(), responses.get(i)));
        }
        return read;
    }

    static Table table(List<Text> texts) {
        Table.Builder table = Table.builder()
                .text("example", "id of the text")
                .integer("position", "of the token, special tokens counted")
                .text("token", "as the vocabulary spells it")
                .number("response", "of the best neuron");
        for (Text text : texts) {
            for (int i = 0; i < text.responses().length; i++) {
                table.row(text.id(), i, text.tokens().get(i), (double) text.responses()[i]);
            }
        }
        return table.build();
    }
}
