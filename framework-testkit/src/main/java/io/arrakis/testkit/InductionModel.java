package io.arrakis.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * A GPT-2 of two blocks with weights set by hand, in which four heads do one thing each and the MLPs nothing.
 *
 * <p>The stream has a coordinate for each token, one for each position, and one for each token again, which says what stood one
 * place before. Head 0.0 attends to the token before and writes it there; head 1.0 looks for the place whose token before is the
 * token at hand, and writes the token that stands there: induction. Head 0.1 attends to the first position, head 1.1 to the
 * same token, itself included; both write nothing. The first word of a text has none before it and takes itself for that.
 *
 * @see "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits; Olsson et al. 2022, In-context Learning and
 *     Induction Heads"
 */
public final class InductionModel {

    /** The words that it knows. */
    public static final List<String> WORDS = List.of(
            "ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis", "jay", "kite", "lion", "mole", "newt",
            "owl");

    private static final int TOKENS = 20;
    private static final int POSITIONS = 24;
    private static final int BEFORE = TOKENS + POSITIONS;
    private static final int D_MODEL = 64;
    private static final int D_HEAD = 32;
    private static final int KEYS = D_MODEL;
    private static final int VALUES = 2 * D_MODEL;

    /** Makes attention go wholly to one place. */
    private static final double SHARP = 3;

    private InductionModel() {}

    /** Makes the model. It reads 24 tokens. */
    public static TinyModel make() {
        TinyModel model = TinyModel.gpt2(new TinyModel.Size(2, D_MODEL, 2, 4, POSITIONS), WORDS, 1);
        for (String name : names()) {
            model.tensor(name).fill(0);
        }
        for (int token = 0; token < TOKENS; token++) {
            model.tensor("wte.weight").set(token, token, 1);
        }
        for (int position = 0; position < POSITIONS; position++) {
            model.tensor("wpe.weight").set(position, TOKENS + position, 1);
        }
        model.tensor("ln_f.weight").fill(3);
        previousToken(model);
        firstToken(model);
        induction(model);
        sameToken(model);
        return model;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("wte.weight", "wpe.weight"));
        for (int block = 0; block < 2; block++) {
            for (String part : List.of("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj")) {
                names.add("h." + block + "." + part + ".weight");
            }
        }
        return names;
    }

    private static void previousToken(TinyModel model) {
        for (int position = 0; position < POSITIONS; position++) {
            model.tensor("h.0.attn.c_attn.weight").set(TOKENS + position, position, SHARP);
            if (position + 1 < POSITIONS) {
                model.tensor("h.0.attn.c_attn.weight").set(TOKENS + position, KEYS + position + 1, SHARP);
            }
        }
        for (int token = 0; token < TOKENS; token++) {
            model.tensor("h.0.attn.c_attn.weight").set(token, VALUES + token, 1);
            model.tensor("h.0.attn.c_proj.weight").set(token, BEFORE + token, 0.17);
        }
    }

    private static void firstToken(TinyModel model) {
        model.tensor("h.0.attn.c_attn.bias").values()[D_HEAD] = (float) (SHARP * SHARP);
        model.tensor("h.0.attn.c_attn.weight").set(TOKENS, KEYS + D_HEAD, SHARP);
    }

    private static void induction(TinyModel model) {
        for (int token = 0; token < TOKENS; token++) {
            model.tensor("h.1.attn.c_attn.weight").set(token, token, SHARP);
            model.tensor("h.1.attn.c_attn.weight").set(BEFORE + token, KEYS + token, SHARP);
            model.tensor("h.1.attn.c_attn.weight").set(token, VALUES + token, 1);
            model.tensor("h.1.attn.c_proj.weight").set(token, token, 2);
        }
    }

    private static void sameToken(TinyModel model) {
        for (int token = 0; token < TOKENS; token++) {
            model.tensor("h.1.attn.c_attn.weight").set(token, D_HEAD + token, SHARP);
            model.tensor("h.1.attn.c_attn.weight").set(token, KEYS + D_HEAD + token, SHARP);
        }
    }
}
