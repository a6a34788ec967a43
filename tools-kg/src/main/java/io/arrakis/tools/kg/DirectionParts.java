package io.arrakis.tools.kg;

/**
 * How the squared coordinates of tokens along a direction divide: what all tokens share, what the first position has beyond it, what
 * the other positions have, and what is left to the tokens themselves. The parts are orthogonal and add up to 1.
 *
 * @param mean     share of the mean over all tokens
 * @param first    share of what the first position differs from it
 * @param position share of what the other positions differ from it
 * @param token    share of what is left
 */
record DirectionParts(double mean, double first, double position, double token) {

    /**
     * Divides coordinates; all parts are 0 where all coordinates are.
     *
     * @param coordinates one for each row
     * @param positions   the position of each row, 0 for the first
     */
    static DirectionParts of(double[] coordinates, int[] positions) {
        int longest = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < coordinates.length; i++) {
            longest = Math.max(longest, positions[i]);
            sum += coordinates[i];
            squares += coordinates[i] * coordinates[i];
        }
        if (squares == 0) {
            return new DirectionParts(0, 0, 0, 0);
        }
        double[] sums = new double[longest + 1];
        int[] counts = new int[longest + 1];
        for (int i = 0; i < coordinates.length; i++) {
            sums[positions[i]] += coordinates[i];
            counts[positions[i]]++;
        }
        double mean = sum / coordinates.length;
        double first = 0;
        double position = 0;
        for (int p = 0; p <= longest; p++) {
            double beyond = counts[p] == 0 ? 0 : sums[p] / counts[p] - mean;
            double part = counts[p] * beyond * beyond;
            first += p == 0 ? part : 0;
            position += p == 0 ? 0 : part;
        }
        double common = coordinates.length * mean * mean;
        double left = Math.max(0, squares - common - first - position);
        return new DirectionParts(common / squares, first / squares, position / squares, left / squares);
    }
}
