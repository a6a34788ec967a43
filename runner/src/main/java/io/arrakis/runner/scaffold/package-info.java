/** Writes the source of a new plug-in. Read {@link io.arrakis.runner.scaffold.PluginProject} first. */
package io.arrakis.runner.scaffold;
