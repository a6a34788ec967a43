package io.arrakis.api.activation;

import io.arrakis.api.stability.Stable;

/** Where each row of a capture comes from. Safe to read from several threads. */
@Stable
public interface TokenRows {

    /** Returns the number of rows. */
    int count();

    /** Returns the number of texts that were read. */
    int examples();

    /** Returns the index of the text in its source. Rows are ordered by text, then by position. */
    int example(int row);

    /** Returns the position in the text's tokens, special tokens counted, padding not; -1 for rows pooled over several. */
    int position(int row);

    /** Returns the token id, or -1 for rows pooled over several. */
    int tokenId(int row);

    /** Returns where the token begins in the text, a Java character index; -1 where it is not known. */
    int start(int row);

    /** Returns where the token ends in the text, exclusive; -1 where it is not known. */
    int end(int row);

    /** Returns whether the token is a whole word: letters only, neither the continuation of a word nor continued. */
    boolean wholeWord(int row);

    /** Returns the first row of a text; {@code firstRow(examples())} is the number of rows. */
    int firstRow(int example);

    /** Returns the text as the model read it; empty where token ids were given. */
    String text(int example);

    /** Returns the stable id of the text in its source: the example's, or the index. */
    String exampleId(int example);

    /** Returns the number of texts that were cut because they were too long. */
    int cut();
}
