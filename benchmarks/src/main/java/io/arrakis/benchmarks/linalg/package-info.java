/**
 * Timings of linear algebra. A {@code Workload} is one piece of work that checks its own result; JMH times it in the
 * {@code Benchmark} classes, and {@code TimingServer} times it for the scripts, which time peers in turns with it.
 */
package io.arrakis.benchmarks.linalg;
