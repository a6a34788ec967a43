package io.arrakis.tools.prober;

import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Figure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Draws AUROCs of concepts as bars. */
final class ConceptBars {

    private ConceptBars() {}

    static Figure figure(String title, List<String> concepts, Figure.Series... series) {
        return new Figure.Bars(
                title,
                new Figure.Axis("concept"),
                new Figure.Axis("AUROC on other texts"),
                concepts,
                Arrays.asList(series));
    }

    static Figure.Series series(String name, double[] values) {
        return Figure.Series.of(name, DoubleStream.of(values).boxed().toList());
    }

    static Figure.Series series(String name, List<Estimate> estimates) {
        return new Figure.Series(
                name,
                estimates.stream().map(Estimate::value).toList(),
                estimates.stream().map(Estimate::low).toList(),
                estimates.stream().map(Estimate::high).toList());
    }
}
