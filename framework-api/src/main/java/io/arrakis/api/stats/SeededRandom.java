package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A named stream of random numbers that is the same on every machine and every Java version.
 *
 * <p>A stream is named by a seed and a purpose, so that a new consumer of random numbers never shifts those of another:
 * <pre>{@code
 * SeededRandom random = SeededRandom.of(seed, "polysemantic_score", "draws");
 * for (String word : words) {
 *     int[] drawn = random.child(word).sample(occurrences(word), 10);   // does not depend on the order of the words
 * }
 * }</pre>
 *
 * <p>The generator is xoshiro256++ with its period of 2^256 - 1. Its four state words are the 32 bytes, read as big-endian
 * words, of a chain of SHA-256 hashes: of {@code "arrakis.random.1"} in ASCII and the seed as 8 big-endian bytes, then, for
 * each name, of the hash so far and the name in UTF-8. So streams of different names are independent, and a program in
 * another language can make them. The JDK's own generators were not taken because their specification covers neither the
 * seeding nor the way from bits to bounded and Gaussian numbers, both of which have changed between versions, and because they
 * live in a module that a small run-time image leaves out.
 *
 * <p>All methods declared here are specified; the ones inherited from {@link RandomGenerator}, such as its streams, build on
 * them in the way of the JDK at hand. Not safe for use by several threads at once: give each its own child.
 *
 * @see "Blackman and Vigna 2021, Scrambled Linear Pseudorandom Number Generators"
 */
@Stable
public final class SeededRandom implements RandomGenerator {

    private static final byte[] VERSION = "arrakis.random.1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    private SeededRandom(byte[] key) {
        this.key = key;
        ByteBuffer words = ByteBuffer.wrap(key);
        s0 = words.getLong();
        s1 = words.getLong();
        s2 = words.getLong();
        s3 = words.getLong();
    }

    /**
     * Returns a fresh stream. {@code of(seed, "a", "b")} is {@code of(seed, "a").child("b")}.
     *
     * @param seed    any number
     * @param purpose what the numbers are for, from the general to the special
     */
    public static SeededRandom of(long seed, String... purpose) {
        byte[] start = ByteBuffer.allocate(VERSION.length + Long.BYTES)
                .put(VERSION)
                .putLong(seed)
                .array();
        return new SeededRandom(sha256(start)).child(purpose);
    }

    /** Makes a stream from a state as it stands, to compare with the published outputs. */
    static SeededRandom ofState(long s0, long s1, long s2, long s3) {
        return new SeededRandom(ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(s0)
                .putLong(s1)
                .putLong(s2)
                .putLong(s3)
                .array());
    }

    /**
     * Returns a fresh stream for a part of this one's purpose. It depends on names only, not on how many numbers were drawn, and
     * drawing from it does not change this stream.
     */
    public SeededRandom child(String... purpose) {
        byte[] hash = key;
        for (String name : purpose) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            hash = sha256(ByteBuffer.allocate(hash.length + bytes.length)
                    .put(hash)
                    .put(bytes)
                    .array());
        }
        return new SeededRandom(hash);
    }

    /** Returns a fresh stream for a numbered part: the child whose name is the number in decimal digits. */
    public SeededRandom child(long number) {
        return child(Long.toString(number));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256, which every Java platform must have", e);
        }
    }

    /** Returns the next output of xoshiro256++: all 2^64 values, equally likely. */
    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Returns the upper half of {@link #nextLong()}. */
    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /**
     * Returns a number from 0 to {@code bound - 1}, exactly equally likely, by Lemire's method on {@link #nextInt()}.
     *
     * @throws UnusableSampleException if the bound is below 1
     * @see "Lemire 2019, Fast Random Integer Generation in an Interval"
     */
    @Override
    public int nextInt(int bound) {
        Require.positive("bound", bound);
        long product = (nextLong() >>> 32) * bound;
        if (Integer.compareUnsigned((int) product, bound) < 0) {
            int threshold = Integer.remainderUnsigned(-bound, bound);
            while (Integer.compareUnsigned((int) product, threshold) < 0) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /** Returns a number from {@code origin} to {@code bound - 1}; their difference must fit an int. */
    @Override
    public int nextInt(int origin, int bound) {
        return origin + nextInt(Math.subtractExact(bound, origin));
    }

    /**
     * Returns a number from 0 to {@code bound - 1}, exactly equally likely: the low bits of {@link #nextLong()} that the bound
     * needs, drawn again until they are below it.
     *
     * @throws UnusableSampleException if the bound is below 1
     */
    @Override
    public long nextLong(long bound) {
        Require.positive("bound", bound);
        long mask = -1L >>> Long.numberOfLeadingZeros((bound - 1) | 1);
        long value = nextLong() & mask;
        while (value >= bound) {
            value = nextLong() & mask;
        }
        return value;
    }

    /** Returns a number from {@code origin} to {@code bound - 1}; their difference must fit a long. */
    @Override
    public long nextLong(long origin, long bound) {
        return origin + nextLong(Math.subtractExact(bound, origin));
    }

    /** Returns the topmost bit of {@link #nextLong()}. */
    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Returns a multiple of 2^-53 in [0, 1): the upper 53 bits of {@link #nextLong()}. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Returns a multiple of 2^-24 in [0, 1): the upper 24 bits of {@link #nextLong()}. */
    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    /**
     * Returns a number with the standard normal distribution, by the ziggurat with 128 strips: seven bits choose the strip, 53
     * others the place in it, so that 98.8 of 100 numbers cost one {@link #nextLong()}, one comparison and one product.
     *
     * @see "Doornik 2005, An Improved Ziggurat Method to Generate Normal Random Samples"
     */
    @Override
    public double nextGaussian() {
        return Ziggurat.next(this);
    }

    /** Returns {@code mean + standardDeviation * nextGaussian()}. */
    @Override
    public double nextGaussian(double mean, double standardDeviation) {
        Require.that(
                standardDeviation >= 0,
                Reason.OUT_OF_RANGE,
                "standardDeviation is %s, but must be at least 0",
                standardDeviation);
        return mean + standardDeviation * nextGaussian();
    }

    /** Puts the values into a random order; all orders are equally likely. */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    /** Puts the elements into a random order, the one that {@link #shuffle(int[])} gives an array of that length. */
    public void shuffle(List<?> elements) {
        for (int i = elements.size() - 1; i > 0; i--) {
            Collections.swap(elements, i, nextInt(i + 1));
        }
    }

    /** Returns the numbers 0 to n - 1 in a random order. */
    public int[] permutation(int n) {
        int[] order = Samples.all(n);
        shuffle(order);
        return order;
    }

    /**
     * Returns different numbers of 0 to n - 1 in a random order; all ordered choices are equally likely. Costs O(size), however
     * large n is.
     *
     * @param n    how many there are to choose from
     * @param size how many to choose, 0 to n
     * @throws UnusableSampleException if the size is out of range
     */
    public int[] sample(int n, int size) {
        Require.that(
                size >= 0 && size <= n,
                Reason.OUT_OF_RANGE,
                "%d different numbers cannot be drawn from %d; draw 0 to %d",
                size,
                n,
                Math.max(n, 0));
        return PartialShuffle.draw(n, size, this);
    }
}
