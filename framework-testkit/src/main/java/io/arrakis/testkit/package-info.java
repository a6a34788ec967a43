/**
 * What the tests of a tool or of a model family stand on: tiny models with weights set by hand, experiments run from YAML, and
 * contract suites to extend. Read {@link io.arrakis.testkit.TinyModel} and {@link io.arrakis.testkit.TestExperiment} first.
 */
package io.arrakis.testkit;
