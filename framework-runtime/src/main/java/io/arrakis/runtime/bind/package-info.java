/**
 * Puts the runtime together. The only package that makes Guice injectors. Read {@link
 * io.arrakis.runtime.bind.PluginInjectors} first.
 */
package io.arrakis.runtime.bind;
