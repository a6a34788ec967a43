/**
 * Experiment files: from YAML with marks to an {@link io.arrakis.runtime.spec.Experiment}, with all that is wrong at once, and
 * back to YAML; the JSON Schema and the help of tools. Read {@link io.arrakis.runtime.spec.ExperimentReader} first.
 */
package io.arrakis.runtime.spec;
