package io.arrakis.api.model;

import io.arrakis.api.stability.Stable;

/** How attention, MLP and norms of a block are put together. */
@Stable
public enum BlockForm {
    /** Attention reads norm 1 of the stream, the MLP norm 2 of the stream after attention. */
    PRE_NORM(true, true, false, false),
    /** As {@link #PRE_NORM}, and what each adds goes through a norm of its own first. */
    PRE_AND_POST_NORM(true, true, true, false),
    /** Attention and MLP read the stream itself; what each adds goes through a norm first. */
    BRANCH_POST_NORM(false, false, true, false),
    /** Attention and MLP read the same stream, each through its own norm, and both are added. */
    PARALLEL(true, true, false, true),
    /** As {@link #PARALLEL}, with one norm for both. */
    PARALLEL_SHARED_NORM(true, false, false, true),
    /** The stream itself is normed after each addition (BERT). */
    STREAM_POST_NORM(false, false, false, false);

    private final boolean firstNorm;
    private final boolean secondNorm;
    private final boolean branchNorms;
    private final boolean parallel;

    BlockForm(boolean firstNorm, boolean secondNorm, boolean branchNorms, boolean parallel) {
        this.firstNorm = firstNorm;
        this.secondNorm = secondNorm;
        this.branchNorms = branchNorms;
        this.parallel = parallel;
    }

    /** Whether attention reads a norm of the stream. */
    public boolean normsBeforeAttention() {
        return firstNorm;
    }

    /** Whether the MLP reads the stream through a norm of its own. */
    public boolean normsBeforeMlp() {
        return secondNorm;
    }

    /** Whether what attention and MLP add goes through norms first. */
    public boolean normsBranches() {
        return branchNorms;
    }

    /** Whether the MLP reads the stream from before attention. */
    public boolean parallel() {
        return parallel;
    }

    /** Whether the stream itself is normed after each addition. */
    public boolean normsStream() {
        return this == STREAM_POST_NORM;
    }
}
