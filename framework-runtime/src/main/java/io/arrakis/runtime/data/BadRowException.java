package io.arrakis.runtime.data;

/** A row that cannot be read; the next one may be all right. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final boolean last;

    /**
     * Makes an exception.
     *
     * @param line where the row begins, from 1
     * @param last whether nothing after it can be read either
     */
    BadRowException(long line, String message, boolean last) {
        super(message);
        this.line = line;
        this.last = last;
    }

    BadRowException(long line, String message) {
        this(line, message, false);
    }

    long line() {
        return line;
    }

    boolean isLast() {
        return last;
    }
}
