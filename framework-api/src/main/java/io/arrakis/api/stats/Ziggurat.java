package io.arrakis.api.stats;

/**
 * The ziggurat for the normal density, cut into 128 strips of equal area.
 *
 * <p>Tables and decisions use {@link StrictMath}, whose results do not depend on the machine.
 */
final class Ziggurat {

    private static final int STRIPS = 128;

    /** Where the tail begins, and the area of a strip, from Doornik's paper. */
    private static final double TAIL_BEGINS = 3.442619855899;

    private static final double STRIP_AREA = 9.91256303526217e-3;

    /** Right ends of the strips, from the base up; the base strip's is that of a rectangle of its area. */
    private static final double[] EDGE = edges();

    /** Share of each strip that lies under the density over its whole height. */
    private static final double[] INSIDE = insideShares();

    private Ziggurat() {}

    static double next(SeededRandom random) {
        while (true) {
            long bits = random.nextLong();
            int strip = (int) bits & (STRIPS - 1);
            double place = (bits >> 11) * 0x1.0p-52; // in [-1, 1)
            if (Math.abs(place) < INSIDE[strip]) {
                return place * EDGE[strip];
            }
            if (strip == 0) {
                return tail(random, place < 0);
            }
            double x = place * EDGE[strip];
            double lower = StrictMath.exp(-0.5 * (EDGE[strip] * EDGE[strip] - x * x));
            double upper = StrictMath.exp(-0.5 * (EDGE[strip + 1] * EDGE[strip + 1] - x * x));
            if (upper + random.nextDouble() * (lower - upper) < 1) {
                return x;
            }
        }
    }

    /** Marsaglia's tail: an exponential beyond the edge, kept with the right probability. */
    private static double tail(SeededRandom random, boolean negative) {
        while (true) {
            double beyond = -StrictMath.log(1 - random.nextDouble()) / TAIL_BEGINS;
            double height = -StrictMath.log(1 - random.nextDouble());
            if (2 * height >= beyond * beyond) {
                return negative ? -(TAIL_BEGINS + beyond) : TAIL_BEGINS + beyond;
            }
        }
    }

    private static double[] edges() {
        double[] edge = new double[STRIPS + 1];
        double density = StrictMath.exp(-0.5 * TAIL_BEGINS * TAIL_BEGINS);
        edge[0] = STRIP_AREA / density;
        edge[1] = TAIL_BEGINS;
        for (int i = 2; i < STRIPS; i++) {
            density += STRIP_AREA / edge[i - 1];
            edge[i] = StrictMath.sqrt(-2 * StrictMath.log(density));
        }
        return edge; // the topmost edge is 0
    }

    private static double[] insideShares() {
        double[] inside = new double[STRIPS];
        for (int i = 0; i < STRIPS; i++) {
            inside[i] = EDGE[i + 1] / EDGE[i];
        }
        return inside;
    }
}
