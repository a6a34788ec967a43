/**
 * The life of a run: steps and their controls in rounds, their inputs, their results in the run directory, the manifest that
 * always says how it stands. Read {@link io.arrakis.runtime.run.ExperimentRunner} first.
 */
package io.arrakis.runtime.run;
