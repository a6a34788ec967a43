package io.arrakis.api;

import io.arrakis.api.stability.Stable;

/** Number of the API that a tool is compiled against. */
@Stable
public final class ApiVersion {

    /**
     * Version of this API. A compile-time constant, so that a tool that returns it from {@link ToolPlugin#apiVersion()}
     * carries the number of the API it was compiled against, not of the one it runs with.
     */
    public static final int CURRENT = 1;

    private ApiVersion() {}
}
