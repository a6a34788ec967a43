/**
 * Statistics of the analyses: seeded, in float64, tested against SciPy, scikit-learn and statsmodels.
 *
 * <p>A class is a topic: {@link io.arrakis.api.stats.Correlation}, {@link io.arrakis.api.stats.Auroc},
 * {@link io.arrakis.api.stats.Bootstrap}, and so on; its methods are static and stateless unless they say otherwise. Read
 * {@link io.arrakis.api.stats.SeededRandom} first: it is the only source of random numbers here, so that equal seeds give equal
 * results on every Java.
 *
 * <p>One rule for bad input: numbers must be finite, and no method returns NaN. Where a statistic has no value for a sample
 * (empty, constant, one class), it throws {@link io.arrakis.api.stats.UnusableSampleException} with a reason that a program can
 * read. Depends on {@code java.*} only.
 */
package io.arrakis.api.stats;
