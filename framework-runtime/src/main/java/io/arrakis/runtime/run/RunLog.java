package io.arrakis.runtime.run;

import io.arrakis.runtime.files.DiskProblems;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * The log of one run: a file in its directory. What is written goes to the process's log too. Times are in UTC. Safe for use by
 * several threads.
 */
final class RunLog extends LegacyAbstractLogger implements AutoCloseable {

    private static final long serialVersionUID = 1L;
    private static final Logger PROCESS = LoggerFactory.getLogger("io.arrakis.run");

    private final transient Path file;
    private final transient Writer writer;

    RunLog(Path file) {
        this.name = "io.arrakis.run";
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    /** Returns the file. */
    Path file() {
        return file;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        write(level, message, thrown);
        PROCESS.atLevel(Level.DEBUG).log(message);
    }

    private synchronized void write(Level level, String message, Throwable thrown) {
        try {
            writer.write(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + level + " " + message + "\n");
            if (thrown != null) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                writer.write(trace.toString());
            }
            writer.flush();
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw DiskProblems.notWritten(file, e);
        }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return RunLog.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
