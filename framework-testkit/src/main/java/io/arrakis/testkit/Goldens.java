package io.arrakis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Small models with the numbers that Hugging Face transformers computes for them, which the READMEs beside them describe.
 */
public enum Goldens {
    /** One folder a family: {@code goldens/}. */
    FAMILIES("/goldens"),
    /** Further options of the families: {@code golden-variants/}. */
    VARIANTS("/golden-variants");

    private final String root;

    Goldens(String root) {
        this.root = root;
    }

    /** Returns the names of all folders, in order. */
    public List<String> folders() {
        return withRoot(root -> {
            try (Stream<Path> children = Files.list(root)) {
                return children.filter(Files::isDirectory)
                        .map(child -> child.getFileName().toString().replace("/", ""))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Copies a folder to disk, since models are opened from directories.
     *
     * @param into an existing directory; the folder's files come into it
     * @return {@code into}
     */
    public Path copy(String folder, Path into) {
        return withRoot(root -> {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.copy(file, into.resolve(file.getFileName().toString()));
                }
                return into;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Returns a file of a folder as text. */
    public String text(String folder, String file) {
        return withRoot(root -> {
            try {
                return Files.readString(root.resolve(folder).resolve(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private <T> T withRoot(Function<Path, T> reader) {
        URL url = Goldens.class.getResource(root);
        if (url == null) {
            throw new IllegalStateException(root + " is not among the resources of the test kit");
        }
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return reader.apply(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return reader.apply(jar.getPath(root));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
