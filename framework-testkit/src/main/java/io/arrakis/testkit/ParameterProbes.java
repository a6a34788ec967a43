package io.arrakis.testkit;

import io.arrakis.api.operation.Description;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Layer;
import io.arrakis.api.operation.LayerKind;
import io.arrakis.api.operation.Operation;
import io.arrakis.api.operation.OperationContext;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values that the parameters of an operation must refuse, read from the record that declares them. */
final class ParameterProbes {

    private static final String NO_MAPPING = "{no_such_key: [[]]}";

    private final Class<? extends Record> parameters;
    private final Class<? extends Record> result;

    /** A value for one parameter, as YAML. */
    record Probe(String parameter, String value) {
        @Override
        public String toString() {
            return parameter + "=" + value;
        }
    }

    ParameterProbes(Class<? extends Operation<?, ?>> operation) {
        Method run = Arrays.stream(operation.getMethods())
                .filter(method -> method.getName().equals("run") && !method.isBridge())
                .filter(ParameterProbes::isOfOperation)
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation.getName()
                        + " must declare run with its own records, so that people can read what it takes and gives"));
        this.parameters = run.getParameterTypes()[0].asSubclass(Record.class);
        this.result = run.getReturnType().asSubclass(Record.class);
    }

    private static boolean isOfOperation(Method run) {
        Class<?>[] types = run.getParameterTypes();
        return types.length == 3
                && types[0].isRecord()
                && types[1] == Inputs.class
                && types[2] == OperationContext.class
                && run.getReturnType().isRecord();
    }

    Class<? extends Record> result() {
        return result;
    }

    boolean countsResidualLayers() {
        return Arrays.stream(parameters.getRecordComponents())
                .map(component -> component.getAnnotation(Layer.class))
                .anyMatch(layer -> layer != null && layer.value() == LayerKind.RESIDUAL);
    }

    List<String> withoutDescription() {
        return Arrays.stream(parameters.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Description.class))
                .map(RecordComponent::getName)
                .toList();
    }

    List<Probe> wrong() {
        List<Probe> probes = new ArrayList<>();
        for (RecordComponent component : parameters.getRecordComponents()) {
            String name = snakeCase(component.getName());
            values(component).forEach(value -> probes.add(new Probe(name, value)));
        }
        return probes;
    }

    private static List<String> values(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        List<String> values = new ArrayList<>();
        if (component.getType() == Optional.class) {
            type = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments()[0];
        }
        if (component.getType() != Map.class) {
            values.add(NO_MAPPING);
        }
        if (component.isAnnotationPresent(Layer.class)) {
            values.addAll(List.of("-1", "100000"));
        }
        beyond(type).forEach(value -> values.add(value.toPlainString()));
        Size size = type.getAnnotation(Size.class);
        if (size != null && size.min() > 0) {
            values.add(component.getType() == String.class ? "''" : "[]");
        }
        return values;
    }

    private static List<BigDecimal> beyond(AnnotatedElement type) {
        List<BigDecimal> values = new ArrayList<>();
        Optional.ofNullable(type.getAnnotation(Min.class))
                .ifPresent(min -> values.add(BigDecimal.valueOf(min.value()).subtract(BigDecimal.ONE)));
        Optional.ofNullable(type.getAnnotation(Max.class))
                .ifPresent(max -> values.add(BigDecimal.valueOf(max.value()).add(BigDecimal.ONE)));
        Optional.ofNullable(type.getAnnotation(DecimalMin.class))
                .ifPresent(min -> values.add(
                        min.inclusive()
                                ? new BigDecimal(min.value()).subtract(BigDecimal.ONE)
                                : new BigDecimal(min.value())));
        Optional.ofNullable(type.getAnnotation(DecimalMax.class))
                .ifPresent(max -> values.add(
                        max.inclusive()
                                ? new BigDecimal(max.value()).add(BigDecimal.ONE)
                                : new BigDecimal(max.value())));
        return values;
    }

    /** {@code kNeighbors} is the key {@code k_neighbors}. */
    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
