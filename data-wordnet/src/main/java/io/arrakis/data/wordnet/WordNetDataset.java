package io.arrakis.data.wordnet;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that are read from the dictionary while they are iterated.
 *
 * @param name        name of the data set in the experiment
 * @param rows        its rows
 * @param fingerprint changes with the dictionary, the way that it is read, the parameters and the seed
 */
record WordNetDataset(String name, Rows rows, String fingerprint) implements Dataset {

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public List<String> fields() {
        return rows.fields();
    }

    @Override
    public List<Problem> warnings() {
        SourceLocation place = SourceLocation.of("data." + name);
        return rows.remarks().stream()
                .map(remark -> Problem.warning(ErrorCode.DATA_UNFIT, place, remark, ""))
                .toList();
    }

    @Override
    public Iterator<Example> iterator() {
        return IntStream.range(0, rows.size()).mapToObj(rows.at()).iterator();
    }
}
