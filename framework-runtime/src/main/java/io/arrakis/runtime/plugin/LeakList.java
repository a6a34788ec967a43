package io.arrakis.runtime.plugin;

import java.util.List;

/**
 * The packages that a plug-in sees of the framework, beside the JDK: the API and what the API exposes.
 *
 * <p>A plug-in gets the framework's classes for these, whatever it brings itself, and none of the framework's other classes.
 */
public final class LeakList {

    private static final List<String> PACKAGES = List.of(
            "com.google.inject",
            "io.arrakis.api",
            "jakarta.inject",
            "jakarta.validation",
            "org.aopalliance",
            "org.bytedeco",
            "org.nd4j",
            "org.slf4j");

    private static final List<String> CLASS_PREFIXES =
            PACKAGES.stream().map(name -> name + ".").toList();
    private static final List<String> RESOURCE_PREFIXES =
            PACKAGES.stream().map(name -> name.replace('.', '/') + "/").toList();

    private LeakList() {}

    /** Returns the packages, sorted, each with all packages below it. */
    public static List<String> packages() {
        return PACKAGES;
    }

    /** Returns whether a plug-in gets this class from the framework. */
    static boolean hasClass(String className) {
        return CLASS_PREFIXES.stream().anyMatch(className::startsWith);
    }

    /** Returns whether a plug-in gets this resource from the framework. */
    static boolean hasResource(String path) {
        return RESOURCE_PREFIXES.stream().anyMatch(path::startsWith);
    }
}
