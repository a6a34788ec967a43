package io.arrakis.runtime.natives;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/**
 * Gives memory that native libraries have freed back to the operating system.
 *
 * <p>The allocator of Linux keeps what was freed for later. Tensors of many sizes, as batches of texts of many lengths make them,
 * leave gaps there that fit nothing, so that a process grows with the number of batches although it holds no more.
 */
public final class FreedMemory {

    private FreedMemory() {}

    /** Gives back whole pages that nobody uses; takes some milliseconds. Does nothing on other systems than Linux. */
    public static void giveBack() {
        if (Platform.isLinux()) {
            Trim.FUNCTION.invokeInt(new Object[] {0});
        }
    }

    /** Looked up at the first use. */
    private static final class Trim {
        static final Function FUNCTION = Function.getFunction("c", "malloc_trim");
    }
}
