package io.arrakis.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A small BERT or GPT-2 in Hugging Face layout, seeded, whose weights a test may set by hand, with a tokenizer of whole words.
 *
 * <p>Tokens are the words that the model was made with, lower case; the special tokens come first: {@code [PAD]} 0,
 * {@code [UNK]} 1, {@code [CLS]} 2, {@code [SEP]} 3, {@code [MASK]} 4. Matrices are drawn from a normal distribution of
 * standard deviation 0.1, norms are 1 and biases 0. Tensors carry the names of Hugging Face files, shapes as there (a linear
 * layer is {@code [out, in]} in BERT, {@code [in, out]} in GPT-2).
 */
public final class TinyModel {

    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final double STANDARD_DEVIATION = 0.1;

    private final Family family;
    private final Size size;
    private final List<String> vocabulary;
    private final Map<String, TinyTensor> tensors = new LinkedHashMap<>();
    private final SplittableRandom random;

    private TinyModel(Family family, Size size, List<String> words, long seed) {
        this.family = family;
        this.size = size;
        this.vocabulary = new ArrayList<>(SPECIAL);
        this.vocabulary.addAll(words);
        this.random = new SplittableRandom(seed);
    }

    private enum Family {
        BERT,
        GPT2
    }

    /**
     * Widths and counts.
     *
     * @param layers   blocks
     * @param dModel   width of the residual stream, a multiple of the heads
     * @param heads    attention heads
     * @param dMlp     neurons of each MLP
     * @param nContext longest text in tokens
     */
    public record Size(int layers, int dModel, int heads, int dMlp, int nContext) {
        /** Two blocks of width 32 with 4 heads and 64 neurons, 32 positions. */
        public static final Size SMALL = new Size(2, 32, 4, 64, 32);
    }

    /** Makes a BERT with an absolute position table and two token types. */
    public static TinyModel bert(Size size, List<String> words, long seed) {
        TinyModel model = new TinyModel(Family.BERT, size, words, seed);
        model.addBert();
        return model;
    }

    /** Makes a GPT-2 with a tied head. Its tokenizer adds no special tokens. */
    public static TinyModel gpt2(Size size, List<String> words, long seed) {
        TinyModel model = new TinyModel(Family.GPT2, size, words, seed);
        model.addGpt2();
        return model;
    }

    /**
     * Returns the id of a word.
     *
     * @throws IllegalArgumentException if the model was made without it
     */
    public int id(String word) {
        int id = vocabulary.indexOf(word);
        if (id < 0) {
            throw new IllegalArgumentException("'" + word + "' is not in the vocabulary of this model");
        }
        return id;
    }

    /** Returns the number of tokens. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /**
     * Returns a tensor; its values may be changed before the model is written.
     *
     * @throws IllegalArgumentException listing the tensors if there is none of that name
     */
    public TinyTensor tensor(String name) {
        TinyTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' among " + tensors.keySet());
        }
        return tensor;
    }

    /** Changes every value of a tensor. */
    public TinyModel set(String name, UnaryOperator<Float> change) {
        float[] values = tensor(name).values();
        for (int i = 0; i < values.length; i++) {
            values[i] = change.apply(values[i]);
        }
        return this;
    }

    /**
     * Writes the model.
     *
     * @param directory made where it is not there
     * @return the directory
     */
    public Path write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("config.json"), config());
            Files.writeString(directory.resolve("tokenizer.json"), tokenizer());
            TinyTensor.write(tensors, directory.resolve("model.safetensors"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addBert() {
        add("bert.embeddings.word_embeddings.weight", vocabulary.size(), size.dModel);
        add("bert.embeddings.position_embeddings.weight", size.nContext, size.dModel);
        add("bert.embeddings.token_type_embeddings.weight", 2, size.dModel);
        addNorm("bert.embeddings.LayerNorm");
        for (int layer = 0; layer < size.layers; layer++) {
            String block = "bert.encoder.layer." + layer + ".";
            for (String part : List.of("query", "key", "value")) {
                addLinear(block + "attention.self." + part, size.dModel, size.dModel);
            }
            addLinear(block + "attention.output.dense", size.dModel, size.dModel);
            addNorm(block + "attention.output.LayerNorm");
            addLinear(block + "intermediate.dense", size.dMlp, size.dModel);
            addLinear(block + "output.dense", size.dModel, size.dMlp);
            addNorm(block + "output.LayerNorm");
        }
    }

    private void addGpt2() {
        add("wte.weight", vocabulary.size(), size.dModel);
        add("wpe.weight", size.nContext, size.dModel);
        for (int layer = 0; layer < size.layers; layer++) {
            String block = "h." + layer + ".";
            addNorm(block + "ln_1");
            addConv(block + "attn.c_attn", size.dModel, 3 * size.dModel);
            addConv(block + "attn.c_proj", size.dModel, size.dModel);
            addNorm(block + "ln_2");
            addConv(block + "mlp.c_fc", size.dModel, size.dMlp);
            addConv(block + "mlp.c_proj", size.dMlp, size.dModel);
        }
        addNorm("ln_f");
    }

    private void addLinear(String name, int out, int in) {
        add(name + ".weight", out, in);
        tensors.put(name + ".bias", TinyTensor.filled(0, out));
    }

    private void addConv(String name, int in, int out) {
        add(name + ".weight", in, out);
        tensors.put(name + ".bias", TinyTensor.filled(0, out));
    }

    private void addNorm(String name) {
        tensors.put(name + ".weight", TinyTensor.filled(1, size.dModel));
        tensors.put(name + ".bias", TinyTensor.filled(0, size.dModel));
    }

    private void add(String name, int rows, int columns) {
        TinyTensor tensor = TinyTensor.filled(0, rows, columns);
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (STANDARD_DEVIATION * gaussian());
        }
        tensors.put(name, tensor);
    }

    private double gaussian() {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    private String config() {
        return switch (family) {
            case BERT ->
                """
                    {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": %d, "num_hidden_layers": %d,
                     "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d, "vocab_size": %d,
                     "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12, "pad_token_id": 0,
                     "position_embedding_type": "absolute", "torch_dtype": "float32"}
                    """.formatted(size.dModel, size.layers, size.heads, size.dMlp, size.nContext, vocabulary.size());
            case GPT2 ->
                """
                    {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": %d, "n_layer": %d,
                     "n_head": %d, "n_inner": %d, "n_positions": %d, "vocab_size": %d,
                     "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "torch_dtype": "float32",
                     "tie_word_embeddings": true}
                    """.formatted(size.dModel, size.layers, size.heads, size.dMlp, size.nContext, vocabulary.size());
        };
    }

    private String tokenizer() {
        StringBuilder added = new StringBuilder();
        for (int id = 0; id < SPECIAL.size(); id++) {
            added.append(id == 0 ? "" : ", ")
                    .append(
                            "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false, "
                                    .formatted(id, SPECIAL.get(id)))
                    .append("\"normalized\": false, \"special\": true}");
        }
        StringBuilder words = new StringBuilder();
        for (int id = 0; id < vocabulary.size(); id++) {
            words.append(id == 0 ? "" : ", ")
                    .append(quote(vocabulary.get(id)))
                    .append(": ")
                    .append(id);
        }
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s],
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                   "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": %s,
                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": {%s}}}
                """.formatted(added, postProcessor(), words);
    }

    private String postProcessor() {
        return switch (family) {
            case BERT -> """
                    {"type": "TemplateProcessing",
                     "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                     "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                     "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                       "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}}""";
            case GPT2 -> "null";
        };
    }

    private static String quote(String word) {
        if (!word.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("'" + word + "' is no word for a tiny model");
        }
        return '"' + new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + '"';
    }
}
