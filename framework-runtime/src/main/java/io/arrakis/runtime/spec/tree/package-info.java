/**
 * YAML as a tree in which every value knows its place, and what is wrong with it. The only package that uses a YAML library.
 * Read {@link io.arrakis.runtime.spec.tree.YamlReader} first.
 */
package io.arrakis.runtime.spec.tree;
