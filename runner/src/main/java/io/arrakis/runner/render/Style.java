package io.arrakis.runner.render;

/** How a piece of text stands out on a terminal. */
enum Style {
    ERROR("1;31"),
    WARNING("1;33"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** Returns the number of the escape sequence. */
    String code() {
        return code;
    }
}
