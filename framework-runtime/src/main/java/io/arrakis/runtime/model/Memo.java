package io.arrakis.runtime.model;

import java.util.function.Supplier;

/** A value that is made when it is first needed. Confined to the lock of its model. */
final class Memo<T> {
    private final Supplier<T> maker;
    private T value;

    Memo(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }
}
