package io.arrakis.runtime.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file format of TorchScript, as far as a class without parameters needs it: a ZIP file with the source, no constants, and a
 * pickled object of the class, whose only attribute says that it is not in training.
 *
 * @see "torch/csrc/jit/docs/serialization.md in the sources of PyTorch"
 */
final class TorchArchive {
    /** Of the operators that the source names; 10 is that of libtorch 1.11 to 2.7. */
    private static final String OPERATOR_VERSION = "10\n";

    private static final String EMPTY_TUPLE = "\u0080\u0002).";

    private TorchArchive() {}

    /** An archive of one class. */
    static byte[] of(String className, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "version", OPERATOR_VERSION);
            put(zip, "constants.pkl", EMPTY_TUPLE);
            put(zip, "data.pkl", pickled(className));
            put(zip, "code/__torch__.py", source);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive cannot be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry("functions/" + name));
        zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
    }

    /** Protocol 2: the class, no arguments, a new object, and a dictionary of attributes that it is built from. */
    private static String pickled(String className) {
        return "\u0080\u0002c__torch__\n" + className + "\n)\u0081}X\b\0\0\0training\u0089sb.";
    }
}
