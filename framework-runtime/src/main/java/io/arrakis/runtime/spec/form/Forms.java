package io.arrakis.runtime.spec.form;

import io.arrakis.api.data.DataRef;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Example;
import io.arrakis.api.operation.Inline;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.StepRef;
import io.arrakis.runtime.plugin.SnakeCase;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the form of a type. Whatever it does not understand is refused: an option that is read wrongly is worse than a tool
 * that cannot be used.
 */
final class Forms {

    private final Deque<Class<?>> open = new ArrayDeque<>();

    private Forms() {}

    /**
     * Returns the form of a record as a mapping.
     *
     * @throws IllegalArgumentException naming the component whose type or annotations have no form
     */
    static RecordForm of(Class<? extends Record> type) {
        return new Forms().mapping(type, Optional.empty());
    }

    private RecordForm mapping(Class<?> type, Optional<LayerKind> layer) {
        if (open.contains(type)) {
            throw new IllegalArgumentException(type.getName() + " contains itself");
        }
        open.push(type);
        List<Parameter> parameters = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            parameters.add(parameter(component, layer));
        }
        open.pop();
        return new RecordForm(new RecordClass(type), parameters);
    }

    private Parameter parameter(RecordComponent component, Optional<LayerKind> outer) {
        Optional<LayerKind> layer =
                annotation(component, Layer.class, Layer::value).or(() -> outer);
        boolean optional = component.getType() == Optional.class;
        AnnotatedType type = optional ? argument(component.getAnnotatedType(), 0) : component.getAnnotatedType();
        try {
            return new Parameter(
                    SnakeCase.of(component.getName()),
                    component.getType(),
                    form(type, layer),
                    optional,
                    annotation(component, DefaultValue.class, DefaultValue::value),
                    annotation(component, Description.class, Description::value).orElse(""),
                    annotation(component, Example.class, Example::value));
        } catch (IllegalArgumentException e) {
            String owner = component.getDeclaringRecord().getSimpleName();
            throw new IllegalArgumentException(owner + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private static <A extends Annotation, T> Optional<T> annotation(
            RecordComponent component, Class<A> type, Function<A, T> value) {
        return Optional.ofNullable(component.getAnnotation(type)).map(value);
    }

    private Form form(AnnotatedType annotated, Optional<LayerKind> layer) {
        Constraints constraints = Constraints.of(annotated);
        Class<?> raw = raw(annotated.getType());
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            return new IntegerForm(raw == long.class || raw == Long.class, constraints.number(), layer);
        }
        if (raw == double.class || raw == Double.class || raw == float.class || raw == Float.class) {
            return new DecimalForm(raw == float.class || raw == Float.class, constraints.number());
        }
        if (raw == List.class) {
            return new ListForm(form(argument(annotated, 0), layer), constraints.size());
        }
        if (raw == Map.class) {
            if (raw(argument(annotated, 0).getType()) != String.class) {
                throw new IllegalArgumentException("the keys of a map must be texts");
            }
            return new MapForm(form(argument(annotated, 1), layer), constraints.size());
        }
        return other(raw, annotated, constraints, layer);
    }

    private Form other(Class<?> raw, AnnotatedType annotated, Constraints constraints, Optional<LayerKind> layer) {
        if (raw == String.class) {
            return new TextForm(constraints);
        } else if (raw == boolean.class || raw == Boolean.class) {
            return new BooleanForm();
        } else if (raw == Path.class) {
            return new FileForm();
        } else if (raw == DataRef.class) {
            return new DataForm();
        } else if (raw == StepRef.class) {
            return new StepForm(raw(argument(annotated, 0).getType()).asSubclass(Record.class));
        } else if (raw.isEnum()) {
            return new ChoiceForm(raw);
        } else if (raw.isRecord()) {
            return record(raw, layer);
        } else if (raw.isSealed() && raw.isInterface()) {
            return sealed(raw, layer);
        }
        throw new IllegalArgumentException("parameters of the type " + raw.getName() + " cannot be written");
    }

    private Form record(Class<?> type, Optional<LayerKind> layer) {
        RecordForm mapping = mapping(type, layer);
        if (!type.isAnnotationPresent(Inline.class)) {
            return mapping;
        }
        List<Parameter> parameters = mapping.parameters();
        if (parameters.isEmpty() || parameters.stream().anyMatch(Parameter::optional)) {
            throw new IllegalArgumentException(
                    type.getName() + " is marked @Inline and needs components that are always there");
        }
        return parameters.size() == 1 ? new InlineForm(mapping.type(), parameters.get(0)) : new TupleForm(mapping);
    }

    private Form sealed(Class<?> type, Optional<LayerKind> layer) {
        List<Class<?>> types = Arrays.asList(type.getPermittedSubclasses());
        List<Form> choices = new ArrayList<>();
        for (Class<?> choice : types) {
            if (!choice.isRecord()) {
                throw new IllegalArgumentException(choice.getName() + " is not a record");
            }
            boolean word = choice.getRecordComponents().length == 0;
            choices.add(
                    word
                            ? new WordForm(new RecordClass(choice), SnakeCase.of(choice.getSimpleName()))
                            : record(choice, layer));
        }
        return new SealedForm(types, choices);
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        if (type instanceof AnnotatedParameterizedType generic) {
            return generic.getAnnotatedActualTypeArguments()[index];
        }
        throw new IllegalArgumentException(type.getType().getTypeName() + " does not say of what");
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof Class<?> plain) {
            return plain;
        }
        throw new IllegalArgumentException("the type " + type.getTypeName() + " is not a plain one");
    }
}
