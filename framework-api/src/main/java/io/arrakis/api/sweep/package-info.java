/** Runs of whole experiments, as sweeps, workers and tests start them. */
package io.arrakis.api.sweep;
