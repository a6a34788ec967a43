package io.arrakis.runtime.spec.form;

import io.arrakis.api.operation.Example;
import io.arrakis.api.problem.ErrorCode;
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
        List<String> keys = keys();
        if (node instanceof Node.Mapping map
                && keys.size() > 1
                && (map.entries().size() != 1 || !fits(node))) {
            return refuseKeys(map, keys, reading);
        }
        Optional<Form> choice = Stream.concat(
                        choices.stream().filter(form -> form.fits(node)),
                        choices.stream().filter(form -> form.resembles(node)))
                .findFirst();
        if (choice.isEmpty()) {
            return reading.wrongType(node, this, "");
        }
        return choice.get().read(node, reading).map(plain -> new Plain.Chosen(choices.indexOf(choice.get()), plain));
    }

    /** Returns the keys of choices that are mappings with one key each; nothing where one has several. */
    private List<String> keys() {
        List<RecordForm> mappings = choices.stream()
                .flatMap(choice -> choice instanceof RecordForm mapping ? Stream.of(mapping) : Stream.empty())
                .toList();
        return mappings.stream().allMatch(mapping -> mapping.parameters().size() == 1)
                ? mappings.stream()
                        .map(mapping -> mapping.parameters().get(0).name())
                        .toList()
                : List.of();
    }

    private Optional<Object> refuseKeys(Node.Mapping map, List<String> keys, Reading reading) {
        List<String> written = List.copyOf(map.entries().keySet());
        List<String> unknown =
                written.stream().filter(key -> !keys.contains(key)).toList();
        String message = unknown.isEmpty()
                ? written.isEmpty() ? "is empty" : "has " + String.join(" and ", written) + ", but takes one of them"
                : "has no option '" + unknown.get(0) + "'";
        String words = choices.stream()
                .filter(WordForm.class::isInstance)
                .map(choice -> ", or " + choice.words().one())
                .collect(Collectors.joining());
        return reading.refuse(
                unknown.isEmpty() ? ErrorCode.TOOL_INPUT : ErrorCode.SPEC_UNKNOWN_KEY,
                map,
                message,
                "give exactly one of " + String.join(", ", keys) + words);
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
