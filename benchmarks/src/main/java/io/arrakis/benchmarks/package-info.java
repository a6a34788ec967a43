/** JMH benchmarks. Each checks its own result before it reports a time. */
package io.arrakis.benchmarks;
