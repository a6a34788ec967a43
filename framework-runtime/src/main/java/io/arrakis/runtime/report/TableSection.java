package io.arrakis.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table with its first rows; the file has all of them. */
final class TableSection {

    private static final int MOST_ROWS = 200;
    private static final int LONGEST_CELL = 240;

    /** Text that is longer has room, also beside many columns of numbers. */
    private static final int WIDE_CELL = 30;

    private final Html html;

    TableSection(Html html) {
        this.html = html;
    }

    /**
     * Writes a table.
     *
     * @param caption what it shows
     * @param part    the {@code $table} object of the result
     * @param file    the CSV file
     * @param link    the file as seen from the report
     */
    void write(String caption, JsonNode part, Path file, String link) throws IOException {
        JsonNode columns = part.path("columns");
        long rows = part.path("rows").asLong();
        if (rows == 0) {
            html.markup("<p class=\"faint\">").text(caption).markup(" None.</p>\n");
            return;
        }
        html.markup("<figure class=\"table\"><figcaption>").text(caption).markup(" <span class=\"faint\">");
        html.text(
                rows > MOST_ROWS
                        ? "the first " + MOST_ROWS + " of " + String.format(Locale.ROOT, "%,d", rows) + " rows; all in "
                        : "");
        html.markup("<a")
                .attribute("href", link)
                .markup(">")
                .text(file.getFileName().toString())
                .markup("</a></span></figcaption>");
        html.markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\"").attribute("aria-label", caption);
        html.markup("><table class=\"sortable\"><thead><tr>");
        for (JsonNode column : columns) {
            boolean number = isNumber(column);
            html.markup("<th scope=\"col\"" + (number ? " class=\"number\"" : ""))
                    .attribute("title", column.path("description").asText())
                    .markup("><button type=\"button\">")
                    .text(column.path("name").asText().replace('_', ' '))
                    .markup("</button></th>");
        }
        html.markup("</tr></thead><tbody>\n");
        body(columns, file);
        html.markup("</tbody></table></div></figure>\n");
    }

    private void body(JsonNode columns, Path file) throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(reader, format)) {
            int row = 0;
            for (CSVRecord cells : parser) {
                if (row > MOST_ROWS) {
                    break;
                }
                if (row > 0) {
                    row(columns, cells.toList());
                }
                row++;
            }
        }
    }

    private void row(JsonNode columns, List<String> cells) {
        html.markup("<tr>");
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (isNumber(columns.path(i)) && !cell.isEmpty()) {
                html.markup("<td class=\"number\"")
                        .attribute("data-value", cell)
                        .markup(">")
                        .text(number(cell))
                        .markup("</td>");
            } else {
                html.markup(cell.length() > WIDE_CELL ? "<td class=\"wide\">" : "<td>")
                        .text(shortened(cell))
                        .markup("</td>");
            }
        }
        html.markup("</tr>\n");
    }

    private static String number(String cell) {
        return cell.equals("NaN") ? "–" : Numbers.text(Double.parseDouble(cell));
    }

    private static String shortened(String cell) {
        return cell.length() <= LONGEST_CELL ? cell : cell.substring(0, LONGEST_CELL) + "…";
    }

    private static boolean isNumber(JsonNode column) {
        String type = column.path("type").asText();
        return type.equals("NUMBER") || type.equals("INTEGER");
    }
}
