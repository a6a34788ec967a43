package io.arrakis.api.result;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of a result, a number or an {@link Estimate}, that the report shows large, with the values of the step's
 * controls beside it.
 */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Headline {

    /** Returns what the number is, a few words. */
    String value();
}
