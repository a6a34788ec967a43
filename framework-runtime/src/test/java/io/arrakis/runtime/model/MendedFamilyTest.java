package io.arrakis.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arrakis.api.hook.HookName;
import io.arrakis.api.hook.HookPoint;
import io.arrakis.api.model.Architecture;
import io.arrakis.api.model.BlockSpec;
import io.arrakis.api.model.Checkpoint;
import io.arrakis.api.model.HookedModel;
import io.arrakis.api.model.ModelConfig;
import io.arrakis.api.model.ModelContext;
import io.arrakis.api.model.ModelFamily;
import io.arrakis.api.model.ModelSpec;
import io.arrakis.api.model.TensorCatalog;
import io.arrakis.api.model.TensorLocation;
import io.arrakis.api.model.WeightName;
import io.arrakis.api.model.WeightPoint;
import io.arrakis.runtime.model.family.Gpt2Family;
import io.arrakis.runtime.model.family.ModelFamilies;
import io.arrakis.runtime.model.source.Checkpoints;
import io.arrakis.testkit.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family that was mended makes another model of the same files, whose activations are not those in the cache. */
class MendedFamilyTest {

    private static final HookName SCORES = HookName.of(HookPoint.ATTN_SCORES, 0);
    private static final HookName EMBED = HookName.of(HookPoint.EMBED);

    @TempDir
    private Path temp;

    /** What a stranger might write. */
    private static class Stranger implements ModelFamily {

        private final ModelFamily like = new Gpt2Family();

        @Override
        public Set<String> modelTypes() {
            return Set.of("stranger");
        }

        @Override
        public String prefix() {
            return like.prefix();
        }

        @Override
        public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
            return like.architecture(config, tensors);
        }

        @Override
        public List<TensorLocation> locate(WeightName name, Architecture architecture) {
            return like.locate(name, architecture);
        }
    }

    @BeforeEach
    void model() throws IOException {
        Goldens.FAMILIES.copy("gpt2", temp);
        Path config = temp.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"gpt2\"", "\"stranger\""));
    }

    private String fingerprint(ModelFamily family, Optional<HookName> hook) {
        Checkpoint checkpoint =
                Checkpoints.builtIn().open(new ModelSpec.Named(temp.toString()), new ModelContext(temp, temp));
        try (HookedModel model =
                Models.open(checkpoint, ModelFamilies.builtIn().with(List.of(family)), ComputeOptions.cpu(1))) {
            return hook.map(it -> model.fingerprint(List.of(it), List.of())).orElseGet(model::fingerprint);
        }
    }

    @Test
    void theSameFamilyMakesTheSameModel() {
        assertThat(fingerprint(new Stranger(), Optional.of(SCORES)))
                .isEqualTo(fingerprint(new Stranger(), Optional.of(SCORES)));
        assertThat(fingerprint(new Stranger(), Optional.empty()))
                .isEqualTo(fingerprint(new Stranger(), Optional.empty()));
    }

    @Test
    void whatIsReadFromTheConfigurationIsPartOfIt() {
        Stranger mended = new Stranger() {
            @Override
            public Architecture architecture(ModelConfig config, TensorCatalog tensors) {
                Architecture read = super.architecture(config, tensors);
                BlockSpec block = read.block();
                return new Architecture(
                        read.dims(),
                        read.embedding(),
                        new BlockSpec(block.form(), block.norm(), 0.5),
                        read.attention(),
                        read.layers(),
                        read.mlp(),
                        read.head());
            }
        };
        assertThat(fingerprint(mended, Optional.of(SCORES)))
                .isNotEqualTo(fingerprint(new Stranger(), Optional.of(SCORES)));
        assertThat(fingerprint(mended, Optional.empty())).isNotEqualTo(fingerprint(new Stranger(), Optional.empty()));
    }

    /** Queries and keys change places, so that the same numbers are read. */
    @Test
    void whichWeightLiesWhereIsPartOfIt() {
        Stranger mended = new Stranger() {
            @Override
            public List<TensorLocation> locate(WeightName name, Architecture architecture) {
                WeightPoint point =
                        switch (name.point()) {
                            case W_Q -> WeightPoint.W_K;
                            case W_K -> WeightPoint.W_Q;
                            default -> name.point();
                        };
                return super.locate(new WeightName(point, name.block()), architecture);
            }
        };
        assertThat(fingerprint(mended, Optional.of(SCORES)))
                .isNotEqualTo(fingerprint(new Stranger(), Optional.of(SCORES)));
        assertThat(fingerprint(mended, Optional.empty())).isNotEqualTo(fingerprint(new Stranger(), Optional.empty()));
        assertThat(fingerprint(mended, Optional.of(EMBED))).isEqualTo(fingerprint(new Stranger(), Optional.of(EMBED)));
    }

    private record Plain(double number, OptionalInt maybe, List<String> list) {}

    @Test
    @SuppressWarnings("FloatingPointLiteralPrecision") // a number whose shortest text differs between versions of Java
    void equalValuesGiveEqualTextAndOthersGiveOther() {
        Plain plain = new Plain(0.1, OptionalInt.of(3), List.of("a", "b"));
        assertThat(ValueText.of(plain)).isEqualTo("Plain(number=16:3fb999999999999a maybe=[1:3 ]list=[1:a 1:b ])");
        assertThat(ValueText.of(new Plain(0.1, OptionalInt.empty(), List.of("a 1:b"))))
                .isEqualTo("Plain(number=16:3fb999999999999a maybe=[]list=[5:a 1:b ])");
        assertThatThrownBy(() -> ValueText.of(new int[0])).hasMessageContaining("is no plain value");
    }
}
