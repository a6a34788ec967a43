package io.arrakis.api.problem;

import io.arrakis.api.stability.Stable;

/** How bad a problem is. */
@Stable
public enum Severity {
    /** Nothing runs. */
    ERROR,
    /** The run goes on; the warning stands in the log, in the manifest and in the report. */
    WARNING
}
