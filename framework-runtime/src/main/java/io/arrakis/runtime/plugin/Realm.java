package io.arrakis.runtime.plugin;

import java.nio.file.Path;

/**
 * The class path, or one folder of a plug-in: what has a class loader of its own.
 *
 * @param name     the folder's name, or {@link Origin#BUILT_IN}
 * @param location the folder, or words for the class path
 * @param loader   loads its classes
 */
record Realm(String name, String location, ClassLoader loader) {

    static Realm builtIn(ClassLoader application) {
        return new Realm(Origin.BUILT_IN, "the class path", application);
    }

    static Realm folder(Path folder, PluginClassLoader loader) {
        return new Realm(folder.getFileName().toString(), folder.toString(), loader);
    }

    boolean isBuiltIn() {
        return name.equals(Origin.BUILT_IN);
    }
}
