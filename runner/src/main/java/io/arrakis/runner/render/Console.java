package io.arrakis.runner.render;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The two streams of the process: results go to the standard output, all that is said on the way to the standard error.
 *
 * <p>Safe to use from several threads.
 */
public final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private final boolean quiet;

    private final AtomicBoolean documented = new AtomicBoolean();

    private Console(PrintStream out, PrintStream err, boolean terminal, boolean colour, boolean quiet) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colour = colour;
        this.quiet = quiet;
    }

    /**
     * Opens the streams of this process.
     *
     * @param quiet only problems are said, not what goes well
     */
    public static Console ofProcess(boolean quiet) {
        boolean terminal = isTerminal(System.getProperty("arrakis.terminal", "false"));
        return on(stream(FileDescriptor.out), stream(FileDescriptor.err), terminal, System.getenv(), quiet);
    }

    /** A launcher that can tell says true or false; one that cannot says "ask": Java knows of all streams together only. */
    @SuppressWarnings("SystemConsoleNull") // who asks has also asked for the console of java.base
    private static boolean isTerminal(String said) {
        return "ask".equals(said) ? System.console() != null : Boolean.parseBoolean(said);
    }

    /**
     * Uses other streams.
     *
     * @param terminal    whether {@code err} is a terminal
     * @param environment NO_COLOR and TERM decide what the terminal is sent
     * @param quiet       only problems are said, not what goes well
     */
    public static Console on(
            PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment, boolean quiet) {
        boolean able = terminal && !"dumb".equals(environment.get("TERM"));
        boolean colour = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(out, err, able, colour, quiet);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Prints a line of a result. */
    public void result(String line) {
        out.println(line);
        if (out.checkError()) {
            throw new BrokenPipeException();
        }
    }

    /** Prints the one document that the standard output is to hold; what comes after the first is left out. */
    public void document(String json) {
        if (documented.compareAndSet(false, true)) {
            result(json);
        }
    }

    /** Returns the standard output, for help texts. */
    public PrintWriter results() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Says how the work goes; left out when quiet. */
    public void say(String line) {
        if (!quiet) {
            synchronized (err) {
                err.println(line);
            }
        }
    }

    /** Says what went wrong, also when quiet. */
    public void complain(String line) {
        synchronized (err) {
            err.println(line);
        }
    }

    /** Writes over the current line of a terminal; does nothing elsewhere. */
    void overwrite(String line) {
        if (terminal && !quiet) {
            synchronized (err) {
                err.print("\r\u001b[2K" + line);
                err.flush();
            }
        }
    }

    /** Goes back so many lines of a terminal and removes them; does nothing elsewhere. */
    void back(int lines) {
        if (terminal && !quiet && lines > 0) {
            synchronized (err) {
                err.print("\u001b[" + lines + "F\u001b[J");
                err.flush();
            }
        }
    }

    /** Returns whether a person may be watching. */
    boolean watched() {
        return terminal && !quiet;
    }

    /** Returns text in a style where colours are wanted, else as it is. */
    String styled(Style style, String text) {
        return colour ? "\u001b[" + style.code() + "m" + text + "\u001b[0m" : text;
    }

    /** The reader of the standard output has gone. */
    public static final class BrokenPipeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
