package io.arrakis.runtime.spec;

import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.spec.form.Bound;
import java.util.function.Consumer;

/** Puts what a plug-in says about its parameters where the parameters were written. */
final class BoundProblems implements Problems {

    private final Bound parameters;
    private final Consumer<Problem> to;
    private boolean errors;

    BoundProblems(Bound parameters, Consumer<Problem> to) {
        this.parameters = parameters;
        this.to = to;
    }

    @Override
    public Place at(String path) {
        SourceLocation place = parameters.locate(path);
        return new Place() {
            @Override
            public void error(ErrorCode code, String message, String mend) {
                errors = true;
                to.accept(Problem.error(code, place, message, mend));
            }

            @Override
            public void warning(ErrorCode code, String message, String mend) {
                to.accept(Problem.warning(code, place, message, mend));
            }
        };
    }

    @Override
    public boolean hasErrors() {
        return errors;
    }
}
