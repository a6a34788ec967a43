/**
 * Graphs that runs left: finding them, walking in them, and writing them in the formats that other programs read.
 *
 * <p>Knows results of type {@link io.arrakis.api.result.Graph} alone, whatever tool made them. For the command line. Read
 * {@link io.arrakis.runtime.graph.RunGraphs} first.
 */
package io.arrakis.runtime.graph;
