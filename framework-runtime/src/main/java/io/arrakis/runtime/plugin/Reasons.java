package io.arrakis.runtime.plugin;

import com.google.inject.Injector;
import io.arrakis.api.ApiVersion;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;

/** Sentences for what plug-ins throw. */
final class Reasons {

    private Reasons() {}

    /** Returns what was thrown, without a full stop; for linkage errors with the jars of the framework, by name. */
    static String sentence(Throwable thrown) {
        Throwable cause = telling(thrown);
        String said = cause instanceof ServiceConfigurationError ? withoutService(cause) : named(cause);
        return cause instanceof LinkageError
                ? said + "; it may have been built against other versions than those here: Arrakis API "
                        + ApiVersion.CURRENT + ", " + frameworkJars()
                : said;
    }

    private static Throwable telling(Throwable thrown) {
        boolean wrapper = thrown instanceof ServiceConfigurationError
                || thrown instanceof InvocationTargetException
                || thrown instanceof ExceptionInInitializerError;
        return wrapper && thrown.getCause() != null ? telling(thrown.getCause()) : thrown;
    }

    /** {@code io.arrakis.api.ToolPlugin: Provider x.Y not found} without the part before the colon. */
    private static String withoutService(Throwable error) {
        String message = String.valueOf(error.getMessage());
        int colon = message.indexOf(": ");
        return "its META-INF/services file is wrong: " + message.substring(colon < 0 ? 0 : colon + 2);
    }

    private static String named(Throwable cause) {
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        StackTraceElement[] trace = cause.getStackTrace();
        String where = cause instanceof LinkageError || trace.length == 0
                ? ""
                : " (in " + trace[0].getClassName() + "." + trace[0].getMethodName() + ")";
        return "it threw " + cause.getClass().getName() + message + where;
    }

    private static String frameworkJars() {
        Stream<Class<?>> shared =
                Stream.of(Injector.class, Inject.class, Min.class, INDArray.class, Pointer.class, Logger.class);
        return shared.map(Origin::jarOf)
                .flatMap(Optional::stream)
                .map(jar -> Objects.toString(Path.of(jar).getFileName()))
                .collect(Collectors.joining(", "));
    }
}
