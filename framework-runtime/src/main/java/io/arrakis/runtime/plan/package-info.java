/**
 * From what operations require to forward passes: requirements of all steps, and of all trials, are joined into passes over
 * equal texts through equal models; a pass runs in batches that depend on data and model alone, and its rows go straight into
 * the cache. Read {@link io.arrakis.runtime.plan.PassPlanner} and {@link io.arrakis.runtime.plan.PassRunner} first.
 */
package io.arrakis.runtime.plan;
