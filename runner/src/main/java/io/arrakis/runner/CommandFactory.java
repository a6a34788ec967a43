package io.arrakis.runner;

import io.arrakis.runner.command.Interrupts;
import io.arrakis.runner.render.Console;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands; those that print are given the console, those that run for long the interrupts too. */
final class CommandFactory implements IFactory {

    private final Map<Class<?>, Object> services;
    private final IFactory plain = CommandLine.defaultFactory();

    CommandFactory(Console console, Interrupts interrupts) {
        this.services = Map.of(Console.class, console, Interrupts.class, interrupts);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            List<Class<?>> parameters = List.of(constructor.getParameterTypes());
            if (!parameters.isEmpty() && services.keySet().containsAll(parameters)) {
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(
                        parameters.stream().map(services::get).toArray()));
            }
        }
        return plain.create(type);
    }
}
