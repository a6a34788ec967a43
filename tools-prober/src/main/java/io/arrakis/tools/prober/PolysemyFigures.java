package io.arrakis.tools.prober;

import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.result.Estimate;
import io.arrakis.api.result.Evaluation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares scores of words with the truth, and collects the figures. */
final class PolysemyFigures {

    private static final TruthComparison.Extremes ONE_AGAINST_FOUR = new TruthComparison.Extremes(1, 4);

    private final Evaluation.Builder rows;
    private final Map<String, Double> truth;
    private final ControlFields controls;
    private final OperationContext context;
    private final Set<String> warnings = new LinkedHashSet<>();

    /** What is said of a score. */
    enum Figure {
        RHO("rho", Agreement::rho),
        PARTIAL("partial", Agreement::partial),
        CONTROLLED("controlled", Agreement::controlled),
        AUROC("AUROC", Agreement::auroc);

        private final String id;
        private final Function<Agreement, Optional<Estimate>> of;

        Figure(String id, Function<Agreement, Optional<Estimate>> of) {
            this.id = id;
            this.of = of;
        }
    }

    /**
     * Starts with nothing.
     *
     * @param required what figures must reach, by id and figure
     * @param truth    of the words that are scored
     */
    PolysemyFigures(
            Map<String, Double> required, Map<String, Double> truth, ControlFields controls, OperationContext context) {
        this.rows = Evaluation.requiring(required);
        this.truth = truth;
        this.controls = controls;
        this.context = context;
    }

    /** Adds how one part of the scores agrees with the truth. */
    Agreement add(String id, WordScores scores, PolysemyPart part, Figure... figures) {
        return add(id, samples(scores), scores.of(part), figures);
    }

    /** Adds how scores agree with the truth; what is not defined is left out, and said. */
    Agreement add(String id, List<WordSample> words, double[] scores, Figure... figures) {
        Agreement agreement = comparison(words).of(scores, warnings::add);
        for (Figure figure : figures) {
            rows.add(id, figure.id, figure.of.apply(agreement));
        }
        return agreement;
    }

    /** Adds how neighbours agree with the truth when words are permuted. */
    void addPermuted(String id, WordScores scores) {
        rows.add(id, Figure.RHO.id, comparison(samples(scores)).ofPermutations(scores.permuted(), warnings::add));
    }

    /** Adds a figure that is none of these. */
    void add(String id, String figure, Estimate value) {
        rows.add(id, figure, value);
    }

    private static List<WordSample> samples(WordScores scores) {
        return scores.rows().stream().map(WordScores.Row::sample).toList();
    }

    private TruthComparison comparison(List<WordSample> words) {
        return new TruthComparison(
                words.stream().mapToDouble(word -> truth.get(word.name())).toArray(),
                words.stream().mapToDouble(WordSample::occurrences).toArray(),
                controls.of(words.stream().map(WordSample::name).toList()),
                ONE_AGAINST_FOUR,
                context.random("truth"));
    }

    Evaluation evaluation() {
        return rows.build();
    }

    /** Returns what could not be computed, each once, and what is required of figures that are not there. */
    List<String> warnings() {
        return Stream.concat(warnings.stream(), rows.warnings().stream()).toList();
    }
}
