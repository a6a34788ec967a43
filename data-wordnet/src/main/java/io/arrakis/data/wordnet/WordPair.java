package io.arrakis.data.wordnet;

import io.arrakis.api.data.Example;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two words in a relation.
 *
 * @param relation   the relation
 * @param head       the first word
 * @param headSynset the sense in which it stands in the relation
 * @param tail       the second word
 * @param tailSynset the sense in which it stands in the relation
 */
record WordPair(Relation relation, String head, SynsetId headSynset, String tail, SynsetId tailSynset) {

    /** Returns the words in an order that does not depend on which of them is the head. */
    String unordered() {
        return head.compareTo(tail) < 0 ? head + ' ' + tail : tail + ' ' + head;
    }

    /** Returns the half that both words are of. */
    int half() {
        return Halves.of(head);
    }

    /** Returns the row of the pair, which has no text. */
    Example row() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("relation", relation.id());
        fields.put("head", head);
        fields.put("tail", tail);
        fields.put("head_part_of_speech", headSynset.pos().id());
        fields.put("tail_part_of_speech", tailSynset.pos().id());
        fields.put("head_synset", headSynset.toString());
        fields.put("tail_synset", tailSynset.toString());
        fields.put("half", (long) half());
        return new Example(relation.id() + "." + head + "." + tail, "", fields);
    }
}
