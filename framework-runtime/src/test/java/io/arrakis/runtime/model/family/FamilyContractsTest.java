package io.arrakis.runtime.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.arrakis.api.model.ModelFamily;
import io.arrakis.testkit.Goldens;
import io.arrakis.testkit.ModelFamilyContractTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every family that comes with the framework keeps to the contract. */
class FamilyContractsTest {

    @Test
    void everyFamilyIsHere() {
        List<String> here = Arrays.stream(getClass().getDeclaredClasses())
                .filter(GoldenFamily.class::isAssignableFrom)
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("GoldenFamily"))
                .map(name -> name + "Family")
                .toList();
        assertThat(ServiceLoader.load(ModelFamily.class).stream()
                        .map(provider -> provider.type().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(here);
    }

    /** A family with the configurations and numbers of its golden folder. */
    abstract static class GoldenFamily extends ModelFamilyContractTest {

        private final Supplier<ModelFamily> family;
        private final String folder;

        GoldenFamily(Supplier<ModelFamily> family, String folder) {
            this.family = family;
            this.folder = folder;
        }

        @Override
        protected ModelFamily family() {
            return family.get();
        }

        @Override
        protected String config() {
            return Goldens.FAMILIES.text(folder, "config.json");
        }

        @Override
        protected Optional<String> otherConfig() {
            return Optional.of(Goldens.FAMILIES.text(folder, "config.alt.json"));
        }

        @Override
        protected Optional<Path> goldens(Path into) {
            return Optional.of(Goldens.FAMILIES.copy(folder, into));
        }
    }

    @Nested
    class Bert extends GoldenFamily {
        Bert() {
            super(BertFamily::new, "bert");
        }
    }

    @Nested
    class Roberta extends GoldenFamily {
        Roberta() {
            super(RobertaFamily::new, "roberta");
        }
    }

    @Nested
    class Gpt2 extends GoldenFamily {
        Gpt2() {
            super(Gpt2Family::new, "gpt2");
        }
    }

    @Nested
    class GptNeo extends GoldenFamily {
        GptNeo() {
            super(GptNeoFamily::new, "gpt_neo");
        }
    }

    @Nested
    class GptNeoX extends GoldenFamily {
        GptNeoX() {
            super(GptNeoXFamily::new, "gpt_neox");
        }
    }

    @Nested
    class Llama extends GoldenFamily {
        Llama() {
            super(LlamaFamily::new, "llama");
        }
    }

    @Nested
    class Mistral extends GoldenFamily {
        Mistral() {
            super(MistralFamily::new, "mistral");
        }
    }

    @Nested
    class Qwen2 extends GoldenFamily {
        Qwen2() {
            super(Qwen2Family::new, "qwen2");
        }
    }

    @Nested
    class Qwen3 extends GoldenFamily {
        Qwen3() {
            super(Qwen3Family::new, "qwen3");
        }
    }

    @Nested
    class Gemma extends GoldenFamily {
        Gemma() {
            super(GemmaFamily::new, "gemma");
        }
    }

    @Nested
    class Gemma2 extends GoldenFamily {
        Gemma2() {
            super(Gemma2Family::new, "gemma2");
        }
    }

    @Nested
    class Gemma3 extends GoldenFamily {
        Gemma3() {
            super(Gemma3Family::new, "gemma3");
        }
    }

    @Nested
    class Gemma3Vision extends GoldenFamily {
        Gemma3Vision() {
            super(Gemma3VisionFamily::new, "gemma3_vision");
        }
    }

    @Nested
    class Phi3 extends GoldenFamily {
        Phi3() {
            super(Phi3Family::new, "phi3");
        }
    }

    @Nested
    class StableLm extends GoldenFamily {
        StableLm() {
            super(StableLmFamily::new, "stablelm");
        }
    }

    @Nested
    class Olmo2 extends GoldenFamily {
        Olmo2() {
            super(Olmo2Family::new, "olmo2");
        }
    }

    @Nested
    class Granite extends GoldenFamily {
        Granite() {
            super(GraniteFamily::new, "granite");
        }
    }
}
