package io.arrakis.tools.lens;

import io.arrakis.api.operation.Description;

/** What tells how clean an output is. */
public enum PatchMetric {
    /** Score of the answer minus that of the distractor, at the last position or at the mask. */
    @Description("Score of the answer minus score of the distractor: at the last position, in encoders at the mask.")
    LOGIT_DIFFERENCE,
    /** Cosine of the output vector with that of the clean input. */
    @Description("Cosine of the output with the clean one's: of the last token, in encoders of the mean over tokens.")
    COSINE
}
