package io.arrakis.runtime.plugin;

import java.util.List;

/**
 * The packages that a plug-in sees of the framework, beside the JDK: the API and what the API exposes.
 *
 * <p>A plug-in gets the framework's classes for these, whatever it brings itself, and none of the framework's other classes.
 */
public final class SharedPackages {

    /** The packages, with all packages below them. */
    public static final List<String> NAMES = List.of(
            "com.google.inject",
            "io.arrakis.api",
            "jakarta.inject",
            "jakarta.validation",
            "org.aopalliance",
            "org.bytedeco",
            "org.nd4j",
            "org.slf4j");

    private static final List<String> CLASS_PREFIXES =
            NAMES.stream().map(name -> name + ".").toList();
    private static final List<String> RESOURCE_PREFIXES =
            NAMES.stream().map(name -> name.replace('.', '/') + "/").toList();

    private SharedPackages() {}

    /** Returns whether a plug-in gets this class from the framework. */
    static boolean hasClass(String className) {
        return CLASS_PREFIXES.stream().anyMatch(className::startsWith);
    }

    /** Returns whether a plug-in gets this resource from the framework. */
    static boolean hasResource(String path) {
        return RESOURCE_PREFIXES.stream().anyMatch(path::startsWith);
    }
}
