package io.arrakis.tools.prober;

import io.arrakis.api.operation.Description;
import io.arrakis.api.result.Headline;
import io.arrakis.api.result.Table;
import java.util.List;

/**
 * What {@link NeuronLogits} found.
 *
 * @param peaked   number of neurons whose effect lies on fewer tokens than that of others that write as much
 * @param neurons  a row for each neuron
 * @param tokens   the tokens that each promotes and suppresses most
 * @param warnings what a reader should know
 */
public record LogitEffects(
        @Headline("neurons whose effect lies on few tokens")
        @Description(
                "Number of neurons whose kurtosis over tokens is above that of others that write as much, at a false discovery"
                        + " rate of 0.05.")
        int peaked,

        @Description("A row for each neuron.") Table neurons,

        @Description("The tokens that each neuron promotes and suppresses most.")
        Table tokens,

        @Description("What a reader should know.") List<String> warnings) {}
