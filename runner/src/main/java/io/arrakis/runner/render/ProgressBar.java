package io.arrakis.runner.render;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a piece of work is: a bar with rate and remaining time on a terminal, a line every ten seconds elsewhere.
 *
 * <p>Safe to use from several threads.
 */
public final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 24;
    private static final long DRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Console console;
    private final String what;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long started;
    private long done;
    private long drawn;

    /**
     * Starts a bar.
     *
     * @param total what there is to do, at least 1
     */
    public ProgressBar(Console console, String what, String unit, long total) {
        this(console, what, unit, total, System::nanoTime);
    }

    ProgressBar(Console console, String what, String unit, long total, LongSupplier nanoTime) {
        this.console = console;
        this.what = what;
        this.unit = unit;
        this.total = Math.max(1, total);
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.drawn = started;
    }

    /** Adds to what is done. */
    public synchronized void advance(long more) {
        done = Math.min(total, done + more);
        long now = nanoTime.getAsLong();
        if (now - drawn >= (console.watched() ? DRAW_NANOS : LINE_NANOS)) {
            drawn = now;
            draw(now);
        }
    }

    private void draw(long now) {
        if (console.watched()) {
            console.overwrite(line(now));
        } else {
            console.say(line(now));
        }
    }

    private String line(long now) {
        double seconds = Math.max(1e-9, (now - started) / 1e9);
        double rate = done / seconds;
        int filled = (int) (WIDTH * done / total);
        String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
        String rest = done == 0 ? "" : ", " + duration((total - done) / rate) + " left";
        return String.format(
                Locale.ROOT,
                "%s [%s] %3d%% %,d/%,d %s, %,.0f/s%s",
                what,
                bar,
                100 * done / total,
                done,
                total,
                unit,
                rate,
                rest);
    }

    /** Returns a time for people: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** Ends the bar; what comes next begins on a line of its own. */
    @Override
    public synchronized void close() {
        console.overwrite("");
    }
}
