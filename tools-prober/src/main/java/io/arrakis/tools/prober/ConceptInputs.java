package io.arrakis.tools.prober;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TextSet;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import io.arrakis.api.stats.Half;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts with a concept and texts without as parameters name them.
 *
 * @param trueTexts  with the concept
 * @param falseTexts without
 * @param halfField  field with the half of each text
 */
record ConceptInputs(TextSet trueTexts, TextSet falseTexts, Optional<String> halfField) {

    /** Reports empty texts, and fields that are not there. */
    void check(Planning planning, Problems problems) {
        check(trueTexts, "true_texts", planning, problems);
        check(falseTexts, "false_texts", planning, problems);
    }

    private void check(TextSet texts, String parameter, Planning planning, Problems problems) {
        if (texts instanceof TextSet.OfData of) {
            halfField.ifPresent(field -> Fields.require(planning, of.data(), field, "half_field", problems));
            return;
        }
        List<String> listed = ((TextSet.Listed) texts).texts();
        for (int i = 0; i < listed.size(); i++) {
            if (listed.get(i).isBlank()) {
                problems.at(parameter + "[" + i + "]")
                        .error(ErrorCode.DATA_UNFIT, "the text is empty", "a neuron needs a token to respond to");
            }
        }
        if (halfField.isPresent()) {
            problems.at(parameter)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "half_field needs fields, which a list does not have",
                            "use a data set");
        }
    }

    /** Returns the texts of two captures with their halves. */
    ConceptTexts read(Inputs inputs, String trueCapture, String falseCapture) {
        Activations trues = inputs.activations(trueCapture);
        Activations falses = inputs.activations(falseCapture);
        TextHalves split = new TextHalves(inputs, halfField);
        List<Half> halves = new ArrayList<>(split.of(trueTexts, trues.rows()));
        halves.addAll(split.of(falseTexts, falses.rows()));
        return new ConceptTexts(TextSide.all(trues), TextSide.all(falses), halves);
    }
}
