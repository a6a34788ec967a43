package io.arrakis.runtime.spec.form;

import io.arrakis.runtime.spec.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of one component, written as the bare value of that component. */
final class InlineForm implements Form {

    private final RecordClass type;
    private final Form value;
    private final String example;

    /**
     * Makes the form of a record.
     *
     * @param only its component
     */
    InlineForm(RecordClass type, Parameter only) {
        this.type = type;
        this.value = only.form();
        this.example = only.shownExample();
    }

    @Override
    public boolean fits(Node node) {
        return value.fits(node);
    }

    @Override
    public boolean resembles(Node node) {
        return value.resembles(node);
    }

    @Override
    public boolean takes(Reference reference) {
        return value.takes(reference);
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        return value.read(node, reading).flatMap(plain -> reading.made(this, plain, node));
    }

    @Override
    public Object make(Object plain) {
        return type.make(List.of(value.make(plain)));
    }

    @Override
    public Object plain(Object made) {
        return value.plain(type.components(made).get(0));
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        return value.schema(references);
    }

    @Override
    public String example() {
        return example;
    }

    @Override
    public Words words() {
        return value.words();
    }
}
