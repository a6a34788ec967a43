package io.arrakis.runtime.cache;

import java.lang.ref.Cleaner;
import java.nio.file.Path;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A whole file in one range of addresses, for arrays beyond the 2 GiB of Java's own mappings. Unmapped when nothing refers to it
 * and the garbage collector has run. What is written to it goes to the file, so nobody may.
 */
final class FileMapping {

    private static final Cleaner CLEANER = Cleaner.create();

    private final long address;

    private FileMapping(long address) {
        this.address = address;
    }

    /** Maps a file that this process may also write, as the native call demands. */
    static FileMapping of(Path file, long bytes) {
        NativeOps natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
        LongPointer mapped = natives.mmapFile(new PointerPointer<>(), file.toString(), bytes);
        if (mapped == null || mapped.isNull() || mapped.get(0) == 0) {
            throw new IllegalStateException(file + " cannot be mapped");
        }
        FileMapping mapping = new FileMapping(mapped.get(0));
        CLEANER.register(mapping, () -> natives.munmapFile(new PointerPointer<>(), mapped, bytes));
        return mapping;
    }

    /** Returns floats of the file, from a byte on, without a copy. They keep the mapping alive. */
    FloatPointer floats(long offset, long count) {
        return new Floats(this, offset, count);
    }

    private static final class Floats extends FloatPointer {

        /** Only kept. */
        @SuppressWarnings({"unused", "FieldCanBeLocal"})
        private final FileMapping mapping;

        Floats(FileMapping mapping, long offset, long count) {
            super((Pointer) null);
            this.mapping = mapping;
            this.address = mapping.address + offset;
            this.position = 0;
            this.limit = count;
            this.capacity = count;
        }
    }
}
