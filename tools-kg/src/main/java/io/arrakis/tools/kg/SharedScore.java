package io.arrakis.tools.kg;

/**
 * One logistic regression for all relations, learnt from related and unrelated pairs of every one of them: what tells related words
 * from words like them is in part the same for all, and some relations have few pairs.
 *
 * @param nested learnt within the selection half from the pairs that teach there
 * @param whole  learnt from the whole selection half
 */
record SharedScore(LearntScore.Learnt nested, LearntScore.Learnt whole) implements Scoring {

    /**
     * Learns it.
     *
     * @param chosen pairs of all relations of the selection half
     */
    static SharedScore of(LearntScore score, Detection.Sample chosen) {
        return new SharedScore(score.learn(Detection.teaching(chosen)), score.learn(chosen));
    }

    @Override
    public double[] nested(Detection detection) {
        return nested.scores(detection.trying());
    }

    @Override
    public double[] held(Detection detection) {
        return whole.scores(detection.held());
    }
}
