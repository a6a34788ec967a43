package io.arrakis.tools.kg;

import io.arrakis.api.activation.Activations;
import io.arrakis.api.activation.CaptureRequest;
import io.arrakis.api.activation.Requirements;
import io.arrakis.api.activation.Rows;
import io.arrakis.api.activation.TextSource;
import io.arrakis.api.activation.TokenRows;
import io.arrakis.api.data.Example;
import io.arrakis.api.hook.HookName;
import io.arrakis.api.model.Tokenizer;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.operation.Inputs;
import io.arrakis.api.operation.OperationContext;
import io.arrakis.api.operation.Planning;
import io.arrakis.api.operation.TokenSet;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the vectors of tokens: says what it needs of a forward pass, and picks the rows of the tokens from what comes.
 *
 * @param parameter name of the parameter, which names the capture too
 * @param tokens    the tokens
 * @param source    which vector stands for a token
 * @param blocks    the blocks that read them
 */
record TokenReader(String parameter, TokenSet tokens, TokenSource source, List<Integer> blocks) {

    private static final WeightName EMBEDDING = WeightName.of(WeightPoint.W_E);

    private boolean embedded() {
        return source instanceof TokenSource.Embedding;
    }

    void require(Requirements.Builder requirements, Planning planning) {
        if (embedded()) {
            requirements.weights(List.of(EMBEDDING));
            return;
        }
        List<HookName> hooks = blocks.stream().map(source::hook).distinct().toList();
        requirements.capture(CaptureRequest.of(parameter, texts(planning.tokenizer()), Rows.EACH, hooks));
    }

    private TextSource texts(Tokenizer tokenizer) {
        if (tokens instanceof TokenSet.OfData data) {
            return new TextSource.Data(data.data());
        }
        Frame frame = Frame.of(tokenizer);
        return new TextSource.Tokens(Token.resolve(tokens, tokenizer, parameter).stream()
                .map(frame::around)
                .toList());
    }

    /**
     * Reads them.
     *
     * @throws ArrakisException if fewer than two are there, or one that was listed is not a single token
     */
    TokenVectors read(Inputs inputs, OperationContext context) {
        Map<Token, Integer> rows = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        if (tokens instanceof TokenSet.OfData data) {
            fromData(data, rows, leftOut, inputs, context);
        } else {
            listed(rows, inputs, context.tokenizer());
        }
        List<String> afterSpace = leftOut.stream()
                .filter(word -> Token.ofWord(word, context.tokenizer()).isPresent())
                .toList();
        if (rows.size() < 2) {
            throw new ArrakisException(
                    ErrorCode.TOOL_INPUT,
                    parameter,
                    rows.size() + " tokens are left" + (leftOut.isEmpty() ? "" : "; left out: " + first(leftOut))
                            + TokenVectors.hint(afterSpace),
                    "give at least two different tokens");
        }
        int[] places = rows.values().stream().mapToInt(Integer::intValue).toArray();
        VectorStore store = embedded()
                ? new EmbeddingRows(inputs.weights().get(EMBEDDING), places)
                : new CapturedRows(inputs.activations(parameter), source, places);
        return new TokenVectors(
                List.copyOf(rows.keySet()),
                leftOut,
                afterSpace,
                store,
                AttentionInput.norm(context.model().architecture()));
    }

    /** The tokens that were listed, each with its row of the capture, or of the embedding. */
    private void listed(Map<Token, Integer> rows, Inputs inputs, Tokenizer tokenizer) {
        List<Token> listed = Token.resolve(tokens, tokenizer, parameter);
        int position = Frame.of(tokenizer).position();
        for (int i = 0; i < listed.size(); i++) {
            Token token = listed.get(i);
            rows.put(
                    token,
                    embedded()
                            ? token.id()
                            : inputs.activations(parameter).rows().firstRow(i) + position);
        }
    }

    /** The texts of a data set that are one token; the others are left out. */
    private void fromData(
            TokenSet.OfData data,
            Map<Token, Integer> rows,
            List<String> leftOut,
            Inputs inputs,
            OperationContext context) {
        int example = 0;
        Set<Integer> seen = new HashSet<>();
        for (Example word : inputs.data(data.data())) {
            int row = embedded()
                    ? Token.ofWord(word.text(), context.tokenizer())
                            .map(Token::id)
                            .orElse(-1)
                    : onlyRow(inputs.activations(parameter), example, word.text(), context.tokenizer());
            if (row < 0) {
                leftOut.add(word.text());
            } else {
                int id = embedded() ? row : inputs.activations(parameter).rows().tokenId(row);
                if (seen.add(id)) {
                    rows.put(new Token(id, word.text()), row);
                }
            }
            example++;
        }
    }

    private static int onlyRow(Activations activations, int example, String word, Tokenizer tokenizer) {
        TokenRows rows = activations.rows();
        int row = rows.firstRow(example);
        boolean only = rows.firstRow(example + 1) == row + 1;
        return only && Token.means(word, rows.tokenId(row), tokenizer) ? row : -1;
    }

    private static String first(List<String> words) {
        return String.join(", ", words.subList(0, Math.min(10, words.size())));
    }
}
