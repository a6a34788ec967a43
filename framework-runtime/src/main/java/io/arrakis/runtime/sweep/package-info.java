/**
 * Sweeps: which trials are done, the passes that the others share, and the trials themselves, in this process or in workers. The
 * state of a trial is what its folder says, so that whatever ends a process, the next one goes on. Read {@link
 * io.arrakis.runtime.sweep.SweepRunner} first, then {@link io.arrakis.runtime.sweep.TrialWork}.
 */
package io.arrakis.runtime.sweep;
