package io.arrakis.runtime.spec.form;

import io.arrakis.api.operation.StepRef;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.runtime.plugin.SnakeCase;
import io.arrakis.runtime.spec.tree.Node;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results of earlier steps, as a record of the reader's. */
final class StepForm implements Form {

    private final Class<? extends Record> shape;

    StepForm(Class<? extends Record> shape) {
        this.shape = shape;
    }

    @Override
    public boolean fits(Node node) {
        return reference(node).isPresent();
    }

    @Override
    public boolean resembles(Node node) {
        return fits(node);
    }

    @Override
    public boolean takes(Reference reference) {
        return reference.kind() == Reference.Kind.STEPS && reference.path().isEmpty();
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        Optional<Reference> reference = reference(node);
        if (reference.isEmpty()) {
            return reading.wrongType(node, this, mend(node, reading));
        }
        List<String> lacking = reading.scope()
                .flatMap(in -> in.result(reference.get().name()))
                .map(this::lacking)
                .orElse(List.of());
        return lacking.isEmpty()
                ? Optional.of(new Plain.Referenced(reference.get()))
                : reading.refuse(
                        ErrorCode.SPEC_REFERENCE,
                        node,
                        "refers to " + reference.get() + ", whose result lacks " + String.join(", ", lacking),
                        "name a step of another operation");
    }

    private List<String> lacking(Class<? extends Record> result) {
        List<String> wanted = new ArrayList<>();
        for (RecordComponent component : shape.getRecordComponents()) {
            if (component.getType() != Optional.class) {
                wanted.add(SnakeCase.of(component.getName()));
            }
        }
        wanted.removeAll(ResultParts.names(result));
        return wanted;
    }

    private Optional<Reference> reference(Node node) {
        return node instanceof Node.Scalar scalar
                ? Reference.parse(scalar.text()).filter(this::takes)
                : Optional.empty();
    }

    private static String mend(Node node, Reading reading) {
        boolean named = node instanceof Node.Scalar scalar
                && reading.scope()
                        .filter(in -> in.steps().contains(scalar.text()))
                        .isPresent();
        return named ? "write ${steps." + ((Node.Scalar) node).text() + "}" : "write ${steps.NAME}";
    }

    @Override
    public Object make(Object plain) {
        return new StepRef<>(((Plain.Referenced) plain).reference().name());
    }

    @Override
    public Object plain(Object value) {
        return new Plain.Referenced(Reference.step(((StepRef<?>) value).step()));
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return Schemas.pattern("^\\$\\{ *steps\\.[^{}]+\\}$");
    }

    @Override
    public String example() {
        return "\"${steps.NAME}\"";
    }

    @Override
    public Words words() {
        return new Words("the result of a step", "results of steps");
    }
}
