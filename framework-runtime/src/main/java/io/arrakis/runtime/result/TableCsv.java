package io.arrakis.runtime.result;

import io.arrakis.api.result.Column;
import io.arrakis.api.result.Table;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/**
 * Tables as CSV after RFC 4180 with {@code \n}. Written here since no writer at hand tells an empty cell (nothing) from an empty
 * text ({@code ""}) without quoting every text; read by Commons CSV, which does tell them apart.
 */
final class TableCsv {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator("\n")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setIgnoreEmptyLines(false)
            .get();

    private TableCsv() {}

    static String write(Table table) {
        StringBuilder csv = new StringBuilder();
        line(csv, table.columns().stream().map(Column::name).toList());
        table.rows().forEach(row -> line(csv, row));
        return csv.toString();
    }

    static void line(StringBuilder csv, List<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        csv.append("\n");
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return Json.number(number);
        }
        String text = value.toString();
        return value instanceof String && needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || Character.isWhitespace(text.charAt(0))
                || Character.isWhitespace(text.charAt(text.length() - 1));
    }

    static Table read(Path file, List<Column> columns) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = FORMAT.parse(reader)) {
            boolean header = true;
            for (CSVRecord record : parser) {
                if (header) {
                    requireHeader(file, record, columns);
                    header = false;
                } else {
                    rows.add(row(record, columns));
                }
            }
        }
        return new Table(columns, rows);
    }

    private static void requireHeader(Path file, CSVRecord record, List<Column> columns) throws IOException {
        List<String> names = columns.stream().map(Column::name).toList();
        if (!columns.isEmpty() && !record.toList().equals(names)) {
            throw new IOException(file + " begins with " + record.toList() + ", not " + names);
        }
    }

    private static List<Object> row(CSVRecord record, List<Column> columns) {
        Object[] cells = new Object[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            String text = record.get(i);
            cells[i] = text == null ? null : value(text, columns.get(i));
        }
        return Collections.unmodifiableList(Arrays.asList(cells));
    }

    private static Object value(String text, Column column) {
        return switch (column.type()) {
            case TEXT -> text;
            case INTEGER -> Long.valueOf(text);
            case NUMBER -> Double.valueOf(text);
            case FLAG -> Boolean.valueOf(text);
        };
    }
}
