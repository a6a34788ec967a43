package io.arrakis.runtime.spec;

import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.problem.Problem;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The first examples of a data set. */
record LimitedDataset(Dataset all, int size) implements Dataset {

    static Dataset of(Dataset all, int limit) {
        return all.size() <= limit ? all : new LimitedDataset(all, limit);
    }

    @Override
    public List<String> fields() {
        return all.fields();
    }

    @Override
    public String fingerprint() {
        return all.fingerprint() + ":" + size;
    }

    @Override
    public List<Problem> warnings() {
        return all.warnings();
    }

    @Override
    public Iterator<Example> iterator() {
        Iterator<Example> examples = all.iterator();
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given < size && examples.hasNext();
            }

            @Override
            public Example next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                given++;
                return examples.next();
            }
        };
    }
}
