package io.arrakis.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelTester;
import io.arrakis.api.model.ModelTester.Check;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.UnembeddingSpec;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.api.problem.ArrakisException;
import io.arrakis.api.problem.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every family of models must keep to, whoever wrote it. Extend it once for each family, with the configuration of a model
 * that is small enough to run in a moment:
 *
 * <pre>{@code
 * class ParrotFamilyContractTest extends ModelFamilyContractTest {
 *     protected ModelFamily family() {
 *         return new ParrotFamily();
 *     }
 *
 *     protected String config() {
 *         return """
 *                 {"model_type": "parrot", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
 *                  "intermediate_size": 24, "vocab_size": 50, "max_position_embeddings": 32}""";
 *     }
 * }
 * }</pre>
 *
 * <p>The runtime must be on the test class path, and the family must be found there through {@code META-INF/services}.
 */
public abstract class ModelFamilyContractTest {

    private static final String UNKNOWN = "a_key_that_nobody_knows";
    private static final Pattern ROTARY_OBJECT = Pattern.compile("\"(rope_\\w+|\\w+_attention)\"\\s*:\\s*\\{");
    private static final Pattern DEVIATION = Pattern.compile("\"initializer_range\"\\s*:\\s*[0-9.eE-]+");

    private final ModelTester tester = ModelTester.find();

    @TempDir
    private Path temp;

    /** For subclasses. */
    protected ModelFamilyContractTest() {}

    /** Returns the family; a new object at each call. */
    protected abstract ModelFamily family();

    /** Returns a {@code config.json} of the family. */
    protected abstract String config();

    /** Returns the same configuration with the key names of another version of its files, where the family has had others. */
    protected Optional<String> otherConfig() {
        return Optional.empty();
    }

    /**
     * Returns a directory in Hugging Face layout with {@code inputs.json} and {@code expected.safetensors} beside it, as
     * {@code arrakis capture --tokens} reads and writes them: the numbers that another implementation gives.
     *
     * @param into an empty directory that it can be copied to
     */
    protected Optional<Path> goldens(Path into) {
        return Optional.empty();
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ModelFamily.class, family().getClass().getClassLoader()).stream()
                        .map(ServiceLoader.Provider::type))
                .as("META-INF/services/" + ModelFamily.class.getName())
                .anyMatch(type -> type == family().getClass());
    }

    @Test
    void namesAtLeastOneModelType() {
        assertThat(family().modelTypes()).isNotEmpty().noneMatch(String::isBlank);
        assertThat(config()).as("config()").containsPattern("\"model_type\"");
    }

    @Test
    void readsAConfigurationTheSameEachTime() {
        assertThat(read(config())).isEqualTo(read(config()));
    }

    @Test
    void readsOtherKeyNamesAsTheSame() {
        assumeTrue(otherConfig().isPresent());
        assertThat(read(otherConfig().orElseThrow())).isEqualTo(read(config()));
    }

    @Test
    void refusesKeysThatNobodyKnows() {
        assertRefused(inserted(config(), config().indexOf('{') + 1));
        Matcher inner = ROTARY_OBJECT.matcher(config());
        while (inner.find()) {
            assertRefused(inserted(config(), inner.end()));
        }
    }

    private void assertRefused(String config) {
        assertThatThrownBy(() -> read(config))
                .as("the configuration %s", config)
                .isInstanceOfSatisfying(
                        ArrakisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CONFIG))
                .hasMessageContaining(UNKNOWN);
    }

    private static String inserted(String config, int at) {
        String after = config.substring(at);
        String comma = after.stripLeading().startsWith("}") ? "" : ",";
        return config.substring(0, at) + "\"" + UNKNOWN + "\": 1" + comma + after;
    }

    @Test
    void keysThatAreNullCountAsAbsent() {
        assertThat(read(inserted(config(), config().indexOf('{') + 1).replace(UNKNOWN + "\": 1", UNKNOWN + "\": null")))
                .isEqualTo(read(config()));
    }

    @Test
    void readsNoWeightFromThePlaceOfAnother() {
        Architecture architecture = read(config());
        Map<String, WeightName> readBy = new HashMap<>();
        for (WeightName name : architecture.weightNames()) {
            List<TensorLocation> parts = family().locate(name, architecture);
            assertThat(parts).as("the places of %s", name).isNotEmpty();
            for (TensorLocation part : parts) {
                String place = part.names().get(0) + " " + part.rows();
                WeightName other = readBy.putIfAbsent(place, name);
                assertThat(other == null || other.equals(name) || tied(name, other, architecture))
                        .as("%s and %s are both read from %s", name, other, place)
                        .isTrue();
            }
        }
    }

    private static boolean tied(WeightName one, WeightName other, Architecture architecture) {
        boolean both = one.point() == WeightPoint.W_U && other.point() == WeightPoint.W_E;
        return both
                && architecture
                        .head()
                        .unembedding()
                        .filter(UnembeddingSpec::tied)
                        .isPresent();
    }

    @Test
    void everyWeightHasItsShape() {
        try (HookedModel model = tester.open(family(), written(config()), temp)) {
            Architecture architecture = model.description().architecture();
            for (WeightName name : architecture.weightNames()) {
                assertThat(model.weights().get(name).shape())
                        .as(name.toString())
                        .isEqualTo(architecture.shape(name.point()));
            }
        }
    }

    @Test
    void aModelWithRandomWeightsKeepsEveryIdentity() {
        assertHold(tester.check(family(), written(spread(config())), temp, Optional.empty()));
    }

    /** Numbers large enough that an error shows. */
    private static String spread(String config) {
        String wide = "\"initializer_range\": 0.3";
        Matcher written = DEVIATION.matcher(config);
        int first = config.indexOf('{') + 1;
        return written.find()
                ? written.replaceFirst(wide)
                : config.substring(0, first) + wide + "," + config.substring(first);
    }

    @Test
    void agreesWithItsGoldens() {
        Optional<Path> folder = goldens(temp);
        assumeTrue(folder.isPresent());
        assertHold(tester.check(family(), folder.get(), temp, folder));
    }

    private static void assertHold(List<Check> checks) {
        assertThat(checks).isNotEmpty().allMatch(Check::holds);
    }

    private Architecture read(String config) {
        return tester.describe(family(), written(config)).architecture();
    }

    private Path written(String config) {
        try {
            Path file = Files.createTempDirectory(temp, "config").resolve("config.json");
            return Files.writeString(file, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
