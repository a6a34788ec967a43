package io.arrakis.runtime.plan;

import io.arrakis.api.model.Encoding;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text at its end and keeps the special tokens around it. */
public final class TextCut {

    private TextCut() {}

    /** Returns whether a text would have to be cut so far that no token of its own is left beside its special ones. */
    public static boolean leavesNothing(Encoding encoding, int maxTokens) {
        return encoding.size() > maxTokens && specials(encoding) >= maxTokens;
    }

    /** Returns the number of special tokens. */
    public static int specials(Encoding encoding) {
        int special = 0;
        for (int i = 0; i < encoding.size(); i++) {
            special += encoding.special(i) ? 1 : 0;
        }
        return special;
    }

    /** Returns which tokens are left: all where there are no more than so many. */
    public static int[] kept(Encoding encoding, int maxTokens) {
        int[] kept = new int[Math.min(encoding.size(), maxTokens)];
        int room = kept.length - specials(encoding);
        int next = 0;
        for (int i = 0; i < encoding.size(); i++) {
            if (encoding.special(i) || room-- > 0) {
                kept[next++] = i;
            }
        }
        return kept;
    }

    /** Returns the text with so many tokens at most; itself where it has no more. */
    public static Encoding of(Encoding encoding, int maxTokens) {
        if (encoding.size() <= maxTokens) {
            return encoding;
        }
        int[] kept = kept(encoding, maxTokens);
        int[] ids = new int[kept.length];
        int[] types = new int[kept.length];
        boolean[] special = new boolean[kept.length];
        List<String> tokens = new ArrayList<>();
        List<Encoding.Span> spans = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            ids[i] = encoding.id(kept[i]);
            types[i] = encoding.typeId(kept[i]);
            special[i] = encoding.special(kept[i]);
            tokens.add(encoding.tokens().get(kept[i]));
            spans.add(encoding.spans().get(kept[i]));
        }
        return new Encoding(ids, tokens, spans, special, types);
    }
}
