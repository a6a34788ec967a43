package io.arrakis.runtime.plan;

import java.nio.ByteBuffer;

/**
 * One text of a table: its tokens as the model reads them, where they lie in it, and the text itself. Immutable.
 *
 * @param exampleId its id in its source
 * @param text      empty where token ids were given
 * @param ids       the tokens, special ones too
 * @param starts    where each begins in the text; -1 where it is not known
 * @param ends      where each ends, exclusive
 * @param marks     what each is, as {@link #mark} says
 * @param spanStart where the marked part begins, or -1 where none is marked
 * @param spanEnd   where it ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out of this package
record TextRecord(
        String exampleId, String text, int[] ids, int[] starts, int[] ends, byte[] marks, int spanStart, int spanEnd) {

    private static final byte SPECIAL = 1;
    private static final byte WHOLE_WORD = 2;
    private static final int BYTES_A_TOKEN = 3 * Integer.BYTES + 1;
    private static final int NUMBERS = 5;

    static byte mark(boolean special, boolean wholeWord) {
        return (byte) ((special ? SPECIAL : 0) | (wholeWord ? WHOLE_WORD : 0));
    }

    int length() {
        return ids.length;
    }

    boolean special(int pos) {
        return (marks[pos] & SPECIAL) != 0;
    }

    boolean wholeWord(int pos) {
        return (marks[pos] & WHOLE_WORD) != 0;
    }

    /** Returns how many bytes {@link #write} takes. */
    int bytes() {
        return NUMBERS * Integer.BYTES
                + BYTES_A_TOKEN * length()
                + Character.BYTES * (exampleId.length() + text.length());
    }

    void write(ByteBuffer out) {
        out.putInt(length()).putInt(spanStart).putInt(spanEnd);
        for (int[] numbers : new int[][] {ids, starts, ends}) {
            out.asIntBuffer().put(numbers);
            out.position(out.position() + Integer.BYTES * numbers.length);
        }
        out.put(marks);
        write(exampleId, out);
        write(text, out);
    }

    /** Characters rather than an encoding: a text may hold halves of characters, and positions count them. */
    private static void write(String text, ByteBuffer out) {
        out.putInt(text.length());
        out.asCharBuffer().put(text);
        out.position(out.position() + Character.BYTES * text.length());
    }

    static TextRecord read(ByteBuffer in) {
        int length = in.getInt();
        int spanStart = in.getInt();
        int spanEnd = in.getInt();
        int[] ids = ints(in, length);
        int[] starts = ints(in, length);
        int[] ends = ints(in, length);
        byte[] marks = new byte[length];
        in.get(marks);
        String exampleId = text(in);
        return new TextRecord(exampleId, text(in), ids, starts, ends, marks, spanStart, spanEnd);
    }

    private static int[] ints(ByteBuffer in, int length) {
        int[] values = new int[length];
        in.asIntBuffer().get(values);
        in.position(in.position() + Integer.BYTES * length);
        return values;
    }

    private static String text(ByteBuffer in) {
        char[] characters = new char[in.getInt()];
        in.asCharBuffer().get(characters);
        in.position(in.position() + Character.BYTES * characters.length);
        return new String(characters);
    }
}
