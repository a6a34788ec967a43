package io.arrakis.runtime.spec.form;

import io.arrakis.api.data.DataRef;
import io.arrakis.runtime.spec.tree.Node;
import java.util.Map;
import java.util.Optional;

/** Data sets of the experiment. */
final class DataForm implements Form {

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
        return reference.kind() == Reference.Kind.DATA && reference.path().isEmpty();
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        Optional<Object> data = reference(node).map(Plain.Referenced::new);
        return data.isPresent() ? data : reading.wrongType(node, this, mend(node, reading));
    }

    private Optional<Reference> reference(Node node) {
        return node instanceof Node.Scalar scalar
                ? Reference.parse(scalar.text()).filter(this::takes)
                : Optional.empty();
    }

    private static String mend(Node node, Reading reading) {
        boolean named = node instanceof Node.Scalar scalar
                && reading.scope()
                        .filter(in -> in.data().contains(scalar.text()))
                        .isPresent();
        return named ? "write ${data." + ((Node.Scalar) node).text() + "}" : "write ${data.NAME}";
    }

    @Override
    public Object make(Object plain) {
        return new DataRef(((Plain.Referenced) plain).reference().name());
    }

    @Override
    public Object plain(Object value) {
        return new Plain.Referenced(Reference.data(((DataRef) value).name()));
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return Schemas.pattern("^\\$\\{ *data\\.[^{}]+\\}$");
    }

    @Override
    public String example() {
        return "\"${data.NAME}\"";
    }

    @Override
    public Words words() {
        return new Words("a data set", "data sets");
    }
}
