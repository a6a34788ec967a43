package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.data.DataRef;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names the captures that true and false texts need, and reads the responses of a neuron from them. */
final class ProbeCaptures {

    static final String TRUE_FIELD = "true";
    static final String FALSE_FIELD = "false";
    static final String LABEL_FIELD = "label";

    private static final String TRUE = "true";
    private static final String FALSE = "false";
    private static final String ALL = "all";

    private final ProbeTexts texts;
    private final Pooling pooling;
    private final Optional<Integer> maxTokens;
    private final HookName hook;

    ProbeCaptures(KnowledgeProbe.Params params) {
        this.texts = params.ids();
        this.pooling = params.pooling();
        this.maxTokens = params.maxTokens();
        this.hook = Neuron.hook(params.conceptNeuron().layer());
    }

    /**
     * The responses of a neuron.
     *
     * @param texts     the texts, in the order of the responses
     * @param responses a number a text
     * @param paired    whether true text i and false text i belong together
     * @param cut       number of texts that were cut
     */
    record Responses(LabelledTexts texts, double[] responses, boolean paired, int cut) {}

    /** Returns the captures; of a data set, its fields say how its rows are labelled. */
    Requirements requirements(List<String> fields) {
        Requirements.Builder required = Requirements.builder();
        if (texts instanceof ProbeTexts.TokenPairs ids) {
            required.capture(capture(TRUE, tokens(ids, ProbeTexts.TokenPair::trueIds)));
            required.capture(capture(FALSE, tokens(ids, ProbeTexts.TokenPair::falseIds)));
        } else if (texts instanceof ProbeTexts.TextPairs pairs) {
            required.capture(capture(TRUE, texts(pairs, ProbeTexts.TextPair::trueText)));
            required.capture(capture(FALSE, texts(pairs, ProbeTexts.TextPair::falseText)));
        } else {
            DataRef data = ((ProbeTexts.OfData) texts).data();
            if (hasPairs(fields)) {
                required.capture(capture(TRUE, new TextSource.Field(data, TRUE_FIELD)));
                required.capture(capture(FALSE, new TextSource.Field(data, FALSE_FIELD)));
            } else {
                required.capture(capture(ALL, new TextSource.Data(data)));
            }
        }
        return required.build();
    }

    static boolean hasPairs(List<String> fields) {
        return fields.contains(TRUE_FIELD) && fields.contains(FALSE_FIELD);
    }

    private CaptureRequest capture(String id, TextSource source) {
        CaptureRequest whole = CaptureRequest.of(id, source, pooling.rows(), List.of(hook));
        return maxTokens.map(whole::cutTo).orElse(whole);
    }

    private static TextSource tokens(ProbeTexts.TokenPairs ids, Function<ProbeTexts.TokenPair, List<Integer>> side) {
        return new TextSource.Tokens(ids.pairs().stream().map(side).toList());
    }

    private static TextSource texts(ProbeTexts.TextPairs pairs, Function<ProbeTexts.TextPair, String> side) {
        return new TextSource.Texts(pairs.pairs().stream().map(side).toList());
    }

    /** Returns texts of which those are one that the model reads alike. */
    LabelledTexts readBy(Reading reading, LabelledTexts labelled) {
        if (texts instanceof ProbeTexts.TokenPairs ids) {
            return labelled.readAs(Stream.concat(
                            ids.pairs().stream().map(ProbeTexts.TokenPair::trueIds),
                            ids.pairs().stream().map(ProbeTexts.TokenPair::falseIds))
                    .map(reading::of)
                    .toList());
        }
        return labelled.readBy(reading);
    }

    /** Reads the responses. */
    Responses read(Inputs inputs, int neuron) {
        if (texts instanceof ProbeTexts.OfData of
                && !hasPairs(inputs.data(of.data()).fields())) {
            Activations all = inputs.activations(ALL);
            double[] responses = TextColumn.read(all, hook, neuron);
            List<String> ids = new ArrayList<>();
            List<String> read = new ArrayList<>();
            for (int i = 0; i < responses.length; i++) {
                ids.add(all.rows().exampleId(i));
                read.add(all.rows().text(i));
            }
            LabelledTexts labelled = new LabelledTexts(ids, read, labels(inputs, of.data()));
            return new Responses(labelled, responses, false, all.rows().cut());
        }
        Activations trues = inputs.activations(TRUE);
        Activations falses = inputs.activations(FALSE);
        double[] first = TextColumn.read(trues, hook, neuron);
        double[] second = TextColumn.read(falses, hook, neuron);
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return new Responses(
                LabelledTexts.of(TextSide.all(trues), TextSide.all(falses)),
                both,
                true,
                trues.rows().cut() + falses.rows().cut());
    }

    private static boolean[] labels(Inputs inputs, DataRef data) {
        boolean[] labels = new boolean[inputs.data(data).size()];
        int i = 0;
        for (Example example : inputs.data(data)) {
            labels[i++] = label(example, data);
        }
        return labels;
    }

    private static boolean label(Example example, DataRef data) {
        return Labels.read(example, LABEL_FIELD)
                .orElseThrow(() -> new ArrakisException(
                        ErrorCode.DATA_ROW,
                        "data." + data.name(),
                        "row " + example.id() + ": the label is '"
                                + example.text(LABEL_FIELD).orElse("") + "'",
                        "write true or false, 1 or 0"));
    }
}
