/**
 * Tools called from Java and JShell, without a file of an experiment. Read {@link io.arrakis.api.bench.Bench} first.
 */
package io.arrakis.api.bench;
