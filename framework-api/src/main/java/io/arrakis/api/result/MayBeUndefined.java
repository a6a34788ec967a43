package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a result in which NaN means "not defined here". NaN and infinite numbers anywhere else make the step
 * fail; cells of a {@link Table} may always be NaN, never infinite; the ends of an {@link Estimate} may be NaN together.
 */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface MayBeUndefined {}
