/**
 * What a tool author compiles against. Read {@link io.arrakis.api.ToolPlugin} first, then
 * {@link io.arrakis.api.operation.Operation}.
 */
package io.arrakis.api;
