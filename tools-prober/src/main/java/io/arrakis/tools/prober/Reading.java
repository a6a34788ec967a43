package io.arrakis.tools.prober;

import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.operation.OperationContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model reads of a text: its token ids, behind the cut. Texts with the same ids are one text to the model, however they
 * are spelled.
 *
 * @param most texts are cut to so many tokens, special tokens counted
 */
record Reading(Tokenizer tokenizer, int most) {

    /** Cuts texts where a parameter says so, and where the model's context ends. */
    static Reading of(OperationContext context, Optional<Integer> maxTokens) {
        return new Reading(context.tokenizer(), most(context, maxTokens));
    }

    /** Returns how many tokens of a text are read at most. */
    static int most(OperationContext context, Optional<Integer> maxTokens) {
        int whole = context.model().architecture().dims().nCtx();
        return Math.min(whole, maxTokens.orElse(whole));
    }

    /** Returns the ids of a text. */
    List<Integer> of(String text) {
        Encoding read = SentenceBatches.cut(tokenizer.encode(text, Tokenizer.SpecialTokens.ADD), most);
        return IntStream.range(0, read.size()).mapToObj(read::id).toList();
    }

    /** Returns the ids that are read of given ones. */
    List<Integer> of(List<Integer> ids) {
        return ids.subList(0, Math.min(ids.size(), most));
    }
}
