package io.arrakis.benchmarks.capture;

/** Token ids that every engine gets alike: words of MiniLM's vocabulary between [CLS] and [SEP]. */
final class TokenIds {

    private static final int CLS = 101;
    private static final int SEP = 102;
    private static final int FIRST_WORD = 1996;
    private static final int WORDS = 20_000;

    private TokenIds() {}

    static int[][] of(int rows, int columns) {
        int[][] ids = new int[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                ids[row][column] = FIRST_WORD + (row * columns + column) * 7919 % WORDS;
            }
            ids[row][0] = CLS;
            ids[row][columns - 1] = SEP;
        }
        return ids;
    }
}
