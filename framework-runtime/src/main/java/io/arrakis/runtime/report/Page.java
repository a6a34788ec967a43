package io.arrakis.runtime.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What every report has around its content: one HTML file that needs no network and no other file. */
final class Page {

    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final String POLICY =
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private Page() {}

    /**
     * Returns a whole page.
     *
     * @param name    of what it is about
     * @param content what it shows
     */
    static String of(String name, Html content) throws IOException {
        Html html = new Html();
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.markup("<meta http-equiv=\"Content-Security-Policy\"")
                .attribute("content", POLICY)
                .markup(">\n");
        html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.element("title", name + " – Arrakis");
        html.markup("<style>\n").markup(resource("report.css")).markup("</style>\n</head>\n<body>\n<main>\n");
        html.markup(content.toString());
        html.markup("</main>\n<script>").markup(script(ECHARTS)).markup("</script>\n");
        html.markup("<script>\n").markup(resource("report.js")).markup("</script>\n</body>\n</html>\n");
        return html.toString();
    }

    /** A script must not hold what would end its element. */
    private static String script(String name) throws IOException {
        return resource(name).replace("</script", "<\\/script");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
