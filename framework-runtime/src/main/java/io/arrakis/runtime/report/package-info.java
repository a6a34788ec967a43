/**
 * The report of a run, made from its directory alone. Read {@link io.arrakis.runtime.report.Report} first; the pictures are
 * drawn by {@code report.js} among the resources.
 */
package io.arrakis.runtime.report;
