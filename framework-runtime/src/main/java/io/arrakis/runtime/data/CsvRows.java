package io.arrakis.runtime.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads rows of CSV, all of the same length. */
final class CsvRows implements RowFormat.Rows {

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final TextField textField;
    private List<String> columns;

    private CsvRows(CSVParser parser, TextField textField) {
        this.parser = parser;
        this.records = parser.iterator();
        this.textField = textField;
    }

    static CsvRows open(BufferedReader in, char separator, boolean header, TextField text)
            throws IOException, BadRowException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        CsvRows rows =
                new CsvRows(CSVParser.builder().setReader(in).setFormat(format).get(), text);
        if (header) {
            rows.readHeader();
        }
        return rows;
    }

    private void readHeader() throws IOException, BadRowException {
        Optional<CSVRecord> first = read();
        List<String> names = first.map(CSVRecord::toList).orElse(List.of());
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank() || !seen.add(name)) {
                String what = name.isBlank() ? "a column has no name" : "two columns are called '" + name + "'";
                throw new BadRowException(1, what, true);
            }
        }
        columns = names;
    }

    @Override
    public Optional<Row> next() throws IOException, BadRowException {
        long line = parser.getCurrentLineNumber() + 1;
        Optional<CSVRecord> next = read();
        while (next.filter(CsvRows::isBlank).isPresent()) {
            line = parser.getCurrentLineNumber() + 1;
            next = read();
        }
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(row(line, next.get().toList()));
    }

    private static boolean isBlank(CSVRecord row) {
        return row.size() == 1 && row.get(0).isEmpty();
    }

    private Row row(long line, List<String> values) throws BadRowException {
        if (columns == null) {
            columns = IntStream.rangeClosed(1, values.size())
                    .mapToObj(i -> "column_" + i)
                    .toList();
        }
        if (values.size() != columns.size()) {
            throw new BadRowException(
                    line, "the row has " + values.size() + " values, but there are " + columns.size() + " columns");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isEmpty()) {
                fields.put(columns.get(i), values.get(i));
            }
        }
        return textField.row(line, fields);
    }

    private Optional<CSVRecord> read() throws IOException, BadRowException {
        long line = parser.getCurrentLineNumber() + 1;
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw e.getCause();
            }
            throw new BadRowException(
                    line, "the row is not CSV: " + e.getCause().getMessage(), true);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
