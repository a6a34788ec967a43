/**
 * Finds what plug-ins offer: tools, data sources, model families and model sources, each with the jar it came from. The only
 * package that makes class loaders. Read {@link io.arrakis.runtime.plugin.PluginCatalog} first.
 */
package io.arrakis.runtime.plugin;
