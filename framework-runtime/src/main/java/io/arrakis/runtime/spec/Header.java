package io.arrakis.runtime.spec;

import io.arrakis.api.model.ComputeType;
import io.arrakis.api.operation.DefaultValue;
import io.arrakis.api.operation.Description;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** The keys at the top of an experiment, but for its data and its steps. */
record Header(
        @Description("Name of the experiment and of the folder of its runs; the name of the file if left out.")
        Optional<String> name,

        @Description("Decides everything that is drawn.") @DefaultValue("0")
        long seed,

        @Description("A built-in name, a directory in Hugging Face layout, or {random: {like: NAME, seed: 1}}.")
        ModelEntry model,

        @Description("Where to compute.")
        @DefaultValue("auto")
        @Pattern(regexp = "auto|cpu|gpu(:[0-9]{1,4})?", message = "auto, cpu, gpu or gpu:N")
        String device,

        @Description("Processor threads, part of what makes results equal to the last bit; never 'all'.")
        @DefaultValue("2")
        @Min(1)
        @Max(256)
        int threads,

        @Description("What numbers the forward pass computes in.") @DefaultValue("float32")
        ComputeType dtype,

        @Description("Changed inputs on which every step is run once more, beside the results.")
        Optional<Controls> controls) {}
