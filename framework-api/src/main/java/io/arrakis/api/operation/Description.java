package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence for people: help, schema, error texts. On an operation, a parameter, a choice or a part of a result. */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Description {

    /** Returns the sentence, with a full stop. */
    String value();
}
