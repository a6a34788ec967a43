package io.arrakis.runtime.plugin;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Where something that a plug-in offers came from.
 *
 * @param plugin   the folder of the plug-in, or {@code built in} for the class path
 * @param location the jar or directory
 * @param version  the version in the jar's manifest, or {@code unversioned}
 * @param loader   the class loader of the plug-in
 */
public record Origin(String plugin, String location, String version, ClassLoader loader) {

    /** The name of the plug-in that is the application's class path. */
    public static final String BUILT_IN = "built in";

    private static final String UNVERSIONED = "unversioned";

    /** Checks that nothing is null. */
    public Origin {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(loader, "loader");
    }

    static Origin of(Class<?> type, Realm realm) {
        String version = type.getPackage().getImplementationVersion();
        return new Origin(
                realm.name(),
                jarOf(type).orElse(realm.location()),
                version == null ? UNVERSIONED : version,
                realm.loader());
    }

    static Origin of(Realm realm) {
        return new Origin(realm.name(), realm.location(), UNVERSIONED, realm.loader());
    }

    /** Returns the jar or directory that a class was loaded from, or nothing for classes of the JDK. */
    public static Optional<String> jarOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation).map(Origin::path);
    }

    /** Returns whether this came with the application itself. */
    public boolean isBuiltIn() {
        return plugin.equals(BUILT_IN);
    }

    /** Returns the jar, and the version where there is one. */
    String named() {
        return version.equals(UNVERSIONED) ? location : toString();
    }

    /** Returns the jar and the version, for people. */
    @Override
    public String toString() {
        return location + " (" + version + ")";
    }

    private static String path(URL location) {
        try {
            return Path.of(location.toURI()).toString();
        } catch (URISyntaxException | FileSystemNotFoundException | IllegalArgumentException e) {
            return location.toString();
        }
    }
}
