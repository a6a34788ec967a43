package org.example.samples;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.DatasetSource;
import io.arrakis.api.data.Example;
import io.arrakis.api.data.ListDataset;
import io.arrakis.api.operation.Description;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problems;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sentences made of a frame, such as {@code the NOUN is near}, and the words that stand for NOUN in it. */
public final class FrameSource implements DatasetSource<FrameSource.Params> {

    private static final String PLACE = "NOUN";

    /** Called by the service loader. */
    public FrameSource() {}

    /** What to make. */
    public record Params(
            @Description("Sentences with the word NOUN in them.") @Size(min = 1) List<String> frames,
            @Description("What NOUN stands for.") @Size(min = 1) List<String> nouns) {}

    @Override
    public String name() {
        return "frames";
    }

    @Override
    public String summary() {
        return "Every noun of a list in every sentence of another.";
    }

    @Override
    public Class<Params> parameters() {
        return Params.class;
    }

    @Override
    public void check(Params parameters, Problems problems) {
        for (int i = 0; i < parameters.frames().size(); i++) {
            if (!parameters.frames().get(i).contains(PLACE)) {
                problems.at("frames[" + i + "]")
                        .error(ErrorCode.DATA_UNFIT, "there is no NOUN in the frame", "write NOUN where the word goes");
            }
        }
    }

    @Override
    public Dataset open(Params parameters, DataContext context) {
        List<Example> examples = new ArrayList<>();
        for (String noun : parameters.nouns()) {
            for (String frame : parameters.frames()) {
                String id = noun + "." + examples.size();
                examples.add(new Example(id, frame.replace(PLACE, noun), Map.of("noun", noun)));
            }
        }
        return new ListDataset(examples, List.of("noun"), "frames 1 " + parameters);
    }
}
