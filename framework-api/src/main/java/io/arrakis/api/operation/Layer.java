package io.arrakis.api.operation;

import io.arrakis.api.stability.Stable;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says that a parameter, an integer or {@link Layers}, counts layers, and which: range, schema and messages follow. */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Layer {

    /** Returns what is counted. */
    LayerKind value();
}
