package io.arrakis.runtime.spec.form;

import java.util.Collection;
import java.util.Optional;

/** What a value may refer to. */
public interface Scope {

    /** Returns the names of the data sets; a parameter that is a data set may be left out where there is one. */
    Collection<String> data();

    /** Returns the names of the steps. */
    Collection<String> steps();

    /** Returns the record of a step's result, or nothing where the step's operation is not known. */
    Optional<Class<? extends Record>> result(String step);

    /** Is told of every reference that points to something. */
    void uses(Reference reference);
}
