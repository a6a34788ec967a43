package io.arrakis.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.stability.Experimental;
import io.arrakis.api.stability.Internal;
import io.arrakis.api.stability.Stable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the public and protected signatures of the API against {@code signatures.txt}: what tools compile against changes on
 * purpose, with a line in the changelog, or not at all.
 *
 * <p>To take a change over: {@code mvn -q -Pquick -pl framework-api test -Dtest=SignaturesTest -Dsignatures.update=true}
 */
class SignaturesTest {

    private static final Path FILE = Path.of("signatures.txt");
    private static final int FEWEST_TYPES = 120;
    private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");
    private static final List<String> HEAD = List.of(
            "# What tools may rely on, made by SignaturesTest, which also says how to make it again. A line that goes or",
            "# changes under a type marked stable breaks tools: it needs another ApiVersion.CURRENT. Any change needs a line",
            "# in CHANGELOG.md.");

    @Test
    void areThoseOfTheFile() throws Exception {
        List<String> lines = new ArrayList<>(HEAD);
        List<Class<?>> types = types();
        assertThat(types).hasSizeGreaterThan(FEWEST_TYPES);
        types.forEach(type -> describe(type, lines));
        if (Boolean.getBoolean("signatures.update")) {
            Files.write(FILE, lines);
        }
        List<String> known = Files.readAllLines(FILE);
        String hint = "framework-api/signatures.txt: is that meant? Then see SignaturesTest";
        assertThat(known)
                .as("lines that are gone from the API and stand in " + hint)
                .allMatch(lines::contains);
        assertThat(lines)
                .as("lines that are new in the API and lacking in " + hint)
                .allMatch(known::contains);
        assertThat(lines).as(hint).isEqualTo(known);
    }

    /** All types that carry a promise, with those inside of them. */
    private static List<Class<?>> types() throws Exception {
        Path classes = Path.of(ToolPlugin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.sorted().toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".class") && !name.contains("package-info") && !name.contains("module-info")) {
                    Class<?> type = Class.forName(
                            name.replaceAll("\\.class$", "").replace('/', '.'),
                            false,
                            ToolPlugin.class.getClassLoader());
                    if (isPromised(type)) {
                        types.add(type);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return types;
    }

    private static boolean isPromised(Class<?> type) {
        Class<?> outer = type;
        while (outer != null) {
            if (!isVisible(outer.getModifiers()) || outer.isAnonymousClass()) {
                return false;
            }
            if (outer.getDeclaringClass() == null) {
                return !outer.isAnnotationPresent(Internal.class);
            }
            outer = outer.getDeclaringClass();
        }
        return false;
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void describe(Class<?> type, List<String> lines) {
        lines.add("");
        lines.add(promise(type) + " " + header(type) + above(type));
        if (type.isRecord()) {
            lines.add("  record "
                    + Arrays.stream(type.getRecordComponents())
                            .map(SignaturesTest::component)
                            .collect(Collectors.joining(", ", "(", ")")));
        }
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            add(members, field, field.toGenericString());
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(members, constructor, constructor.toGenericString());
        }
        for (Method method : type.getDeclaredMethods()) {
            if (type.isRecord() && OF_EVERY_RECORD.contains(method.getName())) {
                continue;
            }
            add(members, method, method.toGenericString() + annotationDefault(method));
        }
        members.forEach(member -> lines.add("  " + member));
    }

    private static void add(Set<String> members, Member member, String signature) {
        boolean bridge = member instanceof Executable && ((member.getModifiers() & 0x40) != 0);
        if (isVisible(member.getModifiers()) && !member.isSynthetic() && !bridge) {
            members.add(signature);
        }
    }

    private static String promise(Class<?> type) {
        Class<?> outer = type;
        while (outer.getDeclaringClass() != null) {
            outer = outer.getDeclaringClass();
        }
        assertThat(outer.isAnnotationPresent(Stable.class) || outer.isAnnotationPresent(Experimental.class))
                .as(outer.getName())
                .isTrue();
        return outer.isAnnotationPresent(Stable.class) ? "stable" : "experimental";
    }

    /** Put together here, since {@link Class#toGenericString} differs between versions of Java. */
    private static String header(Class<?> type) {
        int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;
        String parameters = Arrays.stream(type.getTypeParameters())
                .map(parameter -> parameter.getName() + " extends " + Arrays.toString(parameter.getBounds()))
                .collect(Collectors.joining(", "));
        return Modifier.toString(type.getModifiers() & shown) + " " + kind(type) + " " + type.getName()
                + (parameters.isEmpty() ? "" : "<" + parameters + ">")
                + (type.isSealed() ? " permits " + Arrays.toString(type.getPermittedSubclasses()) : "");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        } else if (type.isRecord()) {
            return "record";
        } else if (type.isEnum()) {
            return "enum";
        }
        return type.isInterface() ? "interface" : "class";
    }

    private static String above(Class<?> type) {
        List<Type> above = new ArrayList<>();
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            above.add(type.getGenericSuperclass());
        }
        above.addAll(Arrays.asList(type.getGenericInterfaces()));
        return above.stream().map(Type::getTypeName).map(name -> " : " + name).collect(Collectors.joining());
    }

    private static String component(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    private static String annotationDefault(Method method) {
        return method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue();
    }
}
