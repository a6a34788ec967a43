package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record that is written without the names of its components: one component as its bare value, several as the list of
 * their values in order ({@code [3, 17]} for {@code record Neuron(int layer, int neuron)}), or still as a mapping with their
 * names.
 *
 * <p>The choices of a sealed interface are tried in the order of {@code permits}; the first that fits what was written is
 * taken: a record without components is written as a word, its name in snake case; a record with this mark as said above; any
 * other as a mapping of its keys. So {@code sealed interface Threshold permits Fixed, Calibrated} with
 * {@code @Inline record Fixed(double value)} and {@code record Calibrated(double falsePositiveRate)} takes {@code 0.7} as well
 * as <code>{false_positive_rate: 0.01}</code>.
 */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Inline {}
