package io.arrakis.runtime.run;

import java.lang.reflect.RecordComponent;

/** Reads components of records, also of records that are not public. */
final class Components {

    private Components() {}

    static Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "component " + component.getName() + " of "
                            + record.getClass().getName() + " cannot be read",
                    e);
        }
    }
}
