package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A value to show for a parameter that has no default, in the example that {@code arrakis tools} prints. */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Example {

    /** Returns the value as it would stand in YAML, on one line. */
    String value();
}
