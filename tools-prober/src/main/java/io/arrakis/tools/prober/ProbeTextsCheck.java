package io.arrakis.tools.prober;

import io.arrakis.api.operation.Planning;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import java.util.List;
import java.util.regex.Pattern;

/** Reports true and false texts that no model can read. */
final class ProbeTextsCheck {

    private static final String PARAMETER = "ids";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final Planning planning;
    private final Problems problems;

    ProbeTextsCheck(Planning planning, Problems problems) {
        this.planning = planning;
        this.problems = problems;
    }

    void check(ProbeTexts texts, Pooling pooling) {
        if (texts instanceof ProbeTexts.TokenPairs ids) {
            checkCount(ids.pairs().size());
            for (int i = 0; i < ids.pairs().size(); i++) {
                checkIds(PARAMETER + "[" + i + "][0]", ids.pairs().get(i).trueIds());
                checkIds(PARAMETER + "[" + i + "][1]", ids.pairs().get(i).falseIds());
            }
        } else if (texts instanceof ProbeTexts.TextPairs pairs) {
            checkCount(pairs.pairs().size());
            for (int i = 0; i < pairs.pairs().size(); i++) {
                checkText(PARAMETER + "[" + i + "][0]", pairs.pairs().get(i).trueText());
                checkText(PARAMETER + "[" + i + "][1]", pairs.pairs().get(i).falseText());
            }
        } else {
            checkFields(((ProbeTexts.OfData) texts));
        }
        checkSpans(texts, new Spans(pooling, planning, problems));
    }

    private void checkSpans(ProbeTexts texts, Spans spans) {
        if (!(texts instanceof ProbeTexts.OfData of)) {
            spans.checkList();
        } else if (ProbeCaptures.hasPairs(planning.fields(of.data()))) {
            spans.checkPairs();
        } else {
            spans.check(of.data());
        }
    }

    private void checkCount(int pairs) {
        if (pairs == 0) {
            problems.at(PARAMETER).error(ErrorCode.DATA_UNFIT, "the list has no pair", "give at least one");
        }
    }

    private void checkText(String place, String text) {
        if (text.isBlank()) {
            problems.at(place).error(ErrorCode.DATA_UNFIT, "the text is empty", "a neuron needs a token to respond to");
        } else if (NUMBER.matcher(text.strip()).matches()) {
            problems.at(place)
                    .error(
                            ErrorCode.TOOL_INPUT,
                            "'" + text + "' would be read as a text",
                            "write token ids as lists, [[2023], [2003, 102]], and texts that are numbers in a data set");
        }
    }

    private void checkIds(String place, List<Integer> ids) {
        int vocabulary = planning.model().architecture().dims().dVocab();
        if (ids.isEmpty()) {
            problems.at(place)
                    .error(ErrorCode.DATA_UNFIT, "there is no token id", "a neuron needs a token to respond to");
        }
        ids.stream().filter(id -> id < 0 || id >= vocabulary).findFirst().ifPresent(id -> problems.at(place)
                .error(
                        ErrorCode.SPEC_RANGE,
                        "token id " + id + " is not in the vocabulary of model '"
                                + planning.model().name() + "'",
                        "ids are 0 to " + (vocabulary - 1)));
    }

    private void checkFields(ProbeTexts.OfData texts) {
        List<String> fields = planning.fields(texts.data());
        if (!ProbeCaptures.hasPairs(fields) && !fields.contains(ProbeCaptures.LABEL_FIELD)) {
            problems.at(PARAMETER)
                    .error(
                            ErrorCode.DATA_UNFIT,
                            "the rows of data." + texts.data().name()
                                    + " have neither the fields 'true' and 'false' nor the field 'label'",
                            fields.isEmpty() ? "they have no field" : "fields: " + String.join(", ", fields));
        }
    }
}
