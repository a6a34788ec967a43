package io.arrakis.runtime.spec.form;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the annotations of {@code jakarta.validation.constraints} on one type say.
 *
 * @param number  the numbers that are allowed
 * @param size    the lengths of texts, lists and maps that are allowed
 * @param pattern what a whole text must match
 * @param blank   whether a text of white space alone is allowed
 */
record Constraints(Range number, Range size, Optional<TextPattern> pattern, boolean blank) {

    /**
     * What a whole text must match.
     *
     * @param regular  the regular expression
     * @param sentence what it asks for, in words
     */
    record TextPattern(String regular, String sentence) {

        private static TextPattern of(Pattern annotation) {
            boolean told = !annotation.message().startsWith("{");
            String sentence = told ? annotation.message() : "a text that matches " + annotation.regexp();
            return new TextPattern(annotation.regexp(), sentence);
        }
    }

    private static final Constraints NONE = new Constraints(Range.ALL, Range.ALL, Optional.empty(), true);
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    /**
     * Reads the annotations.
     *
     * @throws IllegalArgumentException for a constraint that is not supported, since leaving it out would let wrong values in
     */
    static Constraints of(AnnotatedElement type) {
        Constraints constraints = NONE;
        for (Annotation annotation : type.getAnnotations()) {
            constraints = constraints.and(annotation);
        }
        return constraints;
    }

    private Constraints and(Annotation annotation) {
        if (annotation instanceof Min min) {
            return number(number.atLeast(BigDecimal.valueOf(min.value()), true));
        } else if (annotation instanceof Max max) {
            return number(number.atMost(BigDecimal.valueOf(max.value()), true));
        } else if (annotation instanceof DecimalMin min) {
            return number(number.atLeast(new BigDecimal(min.value()), min.inclusive()));
        } else if (annotation instanceof DecimalMax max) {
            return number(number.atMost(new BigDecimal(max.value()), max.inclusive()));
        } else if (annotation instanceof Positive) {
            return number(number.atLeast(ZERO, false));
        } else if (annotation instanceof PositiveOrZero) {
            return number(number.atLeast(ZERO, true));
        } else if (annotation instanceof Negative) {
            return number(number.atMost(ZERO, false));
        } else if (annotation instanceof NegativeOrZero) {
            return number(number.atMost(ZERO, true));
        }
        return andSize(annotation);
    }

    private Constraints andSize(Annotation annotation) {
        if (annotation instanceof Size limits) {
            Range atLeast = limits.min() > 0 ? size.atLeast(BigDecimal.valueOf(limits.min()), true) : size;
            boolean open = limits.max() == Integer.MAX_VALUE;
            return size(open ? atLeast : atLeast.atMost(BigDecimal.valueOf(limits.max()), true));
        } else if (annotation instanceof NotEmpty) {
            return size(size.atLeast(ONE, true));
        } else if (annotation instanceof NotBlank) {
            return new Constraints(number, size.atLeast(ONE, true), pattern, false);
        } else if (annotation instanceof Pattern regular) {
            return new Constraints(number, size, Optional.of(TextPattern.of(regular)), blank);
        } else if (annotation instanceof NotNull || !isConstraint(annotation)) {
            return this;
        }
        throw new IllegalArgumentException(
                "the constraint @" + annotation.annotationType().getSimpleName() + " is not supported for parameters");
    }

    private static boolean isConstraint(Annotation annotation) {
        return annotation.annotationType().getName().startsWith("jakarta.validation.");
    }

    private Constraints number(Range range) {
        return new Constraints(range, size, pattern, blank);
    }

    private Constraints size(Range range) {
        return new Constraints(number, range, pattern, blank);
    }
}
