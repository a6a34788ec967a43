package io.arrakis.runtime.spec.form;

import io.arrakis.api.operation.Example;
import io.arrakis.runtime.spec.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The records of a sealed interface; the first that fits what was written is taken. */
final class SealedForm implements Form {

    private final List<Class<?>> types;
    private final List<Form> choices;

    SealedForm(List<Class<?>> types, List<Form> choices) {
        this.types = List.copyOf(types);
        this.choices = List.copyOf(choices);
    }

    @Override
    public boolean fits(Node node) {
        return choices.stream().anyMatch(choice -> choice.fits(node));
    }

    @Override
    public boolean resembles(Node node) {
        return choices.stream().anyMatch(choice -> choice.resembles(node));
    }

    @Override
    public boolean takes(Reference reference) {
        return choices.stream().anyMatch(choice -> choice.takes(reference));
    }

    @Override
    public Optional<Object> read(Node node, Reading reading) {
        Optional<Form> choice = Stream.concat(
                        choices.stream().filter(form -> form.fits(node)),
                        choices.stream().filter(form -> form.resembles(node)))
                .findFirst();
        if (choice.isEmpty()) {
            return reading.wrongType(node, this, "");
        }
        return choice.get().read(node, reading).map(plain -> new Plain.Chosen(choices.indexOf(choice.get()), plain));
    }

    @Override
    public Object make(Object plain) {
        Plain.Chosen chosen = (Plain.Chosen) plain;
        return choices.get(chosen.index()).make(chosen.value());
    }

    @Override
    public Object plain(Object value) {
        int index = types.indexOf(value.getClass());
        return new Plain.Chosen(index, choices.get(index).plain(value));
    }

    @Override
    public Map<String, Object> schema(boolean references) {
        List<Map<String, Object>> schemas = new ArrayList<>();
        choices.forEach(choice -> schemas.add(choice.schema(references)));
        return Schemas.anyOf(schemas);
    }

    @Override
    public String example() {
        return IntStream.range(0, choices.size())
                .filter(i -> hasExample(types.get(i)))
                .mapToObj(choices::get)
                .findFirst()
                .orElse(choices.get(0))
                .example();
    }

    /** The choice to show is the one whose author says what to show. */
    private static boolean hasExample(Class<?> choice) {
        return Arrays.stream(choice.getRecordComponents())
                .anyMatch(component -> component.isAnnotationPresent(Example.class));
    }

    @Override
    public Words words() {
        return new Words(
                choices.stream().map(choice -> choice.words().one()).collect(Collectors.joining(" or ")),
                choices.stream().map(choice -> choice.words().many()).collect(Collectors.joining(" or ")));
    }
}
