/** Runs every experiment of this folder, and holds the dependency rules over all modules. */
package io.arrakis.experiments;
