package io.arrakis.runtime.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatOrderTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 400, 5000})
    void agreesWithComparingNumbers(int count) {
        FloatOrder order = new FloatOrder(count);
        agrees(order, count, Random::nextGaussian);
        agrees(order, count, random -> random.nextInt(5) - 2); // many are equal
        agrees(order, count, random -> 3); // no digit differs
        agrees(order, count, random -> Float.intBitsToFloat(random.nextInt() & 0xff7fffff)); // any size and sign
        agrees(order, count, random -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
    }

    private static void agrees(FloatOrder order, int count, ToDoubleFunction<Random> numbers) {
        Random random = new Random(count);
        long[] packed = new long[count];
        Arrays.setAll(packed, i -> SortableFloats.pack((float) numbers.applyAsDouble(random), i));
        long[] expected = packed.clone();
        Arrays.sort(expected);
        order.sort(packed);
        assertThat(packed).isEqualTo(expected);
    }
}
