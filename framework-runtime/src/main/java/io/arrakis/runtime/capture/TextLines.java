package io.arrakis.runtime.capture;

import io.arrakis.api.data.DataContext;
import io.arrakis.api.data.Dataset;
import io.arrakis.api.data.Example;
import io.arrakis.api.model.Encoding;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.TokenBatch;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import io.arrakis.api.problem.Problem;
import io.arrakis.api.problem.SourceLocation;
import io.arrakis.runtime.data.TextSource;
import io.arrakis.runtime.plan.TextCut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The lines of a text file as one batch, read as the data source {@code text} reads them: UTF-8, blank lines left out. Texts that
 * are longer than the model's context are cut at their end, the special tokens kept.
 *
 * @param batch    the batch, named {@code texts}, padded on the right
 * @param warnings which lines are blank and which were cut
 */
public record TextLines(NamedBatch batch, List<Problem> warnings) {

    private static final String BATCH = "texts";
    private static final int MOST_LISTED = 10;

    /** Copies the list. */
    public TextLines {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws ArrakisException with {@code FILE-MISSING}, {@code DATA-ROW} or {@code DATA-UNFIT}, naming the line
     */
    public static TextLines read(Path file, HookedModel model) {
        TokenFile.requireFile(file, "give a file with a text a line");
        Dataset lines = new TextSource().open(new TextSource.Parameters(file), new DataContext(BATCH, 0));
        return new Reading(file, model).read(lines);
    }

    /** What is read so far. Used once. */
    private static final class Reading {

        private final Path file;
        private final Tokenizer tokenizer;
        private final int longest;
        private final List<Encoding> texts = new ArrayList<>();
        private final List<Long> blank = new ArrayList<>();
        private final List<Long> cut = new ArrayList<>();
        private long line;

        Reading(Path file, HookedModel model) {
            this.file = file;
            this.tokenizer = model.tokenizer();
            this.longest = model.description().architecture().dims().nCtx();
        }

        TextLines read(Dataset lines) {
            for (Example example : lines) {
                long next = Long.parseLong(example.id());
                LongStream.range(line + 1, next).forEach(blank::add);
                line = next;
                texts.add(text(example.text()));
            }
            TokenBatch batch = TokenBatch.rightPadded(texts, tokenizer.padId());
            List<Problem> warnings = new ArrayList<>();
            warn(blank, "blank and left out", ErrorCode.DATA_ROW, warnings);
            warn(cut, "cut to the " + longest + " tokens that the model reads", ErrorCode.DATA_CUT, warnings);
            return new TextLines(new NamedBatch(BATCH, batch), warnings);
        }

        private Encoding text(String text) {
            Encoding encoding = tokenizer.encode(text, Tokenizer.SpecialTokens.ADD);
            if (encoding.size() == 0) {
                throw unfit("the text has no token", "take the line out");
            }
            if (TextCut.leavesNothing(encoding, longest)) {
                throw unfit(
                        "the model reads " + longest + " tokens, none beside the special ones", "take another model");
            }
            if (encoding.size() > longest) {
                cut.add(line);
            }
            return TextCut.of(encoding, longest);
        }

        private ArrakisException unfit(String what, String mend) {
            Problem problem =
                    Problem.error(ErrorCode.DATA_ROW, SourceLocation.line(file.toString(), (int) line), what, mend);
            return new ArrakisException(List.of(problem));
        }

        private void warn(List<Long> which, String what, ErrorCode code, List<Problem> warnings) {
            if (which.isEmpty()) {
                return;
            }
            String listed =
                    which.stream().limit(MOST_LISTED).map(String::valueOf).collect(Collectors.joining(", "));
            String more = which.size() > MOST_LISTED ? " and " + (which.size() - MOST_LISTED) + " more" : "";
            String lines = which.size() == 1 ? "line " + listed + " is " : "lines " + listed + more + " are ";
            warnings.add(Problem.warning(code, SourceLocation.of(file.toString()), lines + what, ""));
        }
    }
}
