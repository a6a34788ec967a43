/**
 * The tensor engine (DJL on libtorch): how it is started, and how its memory is shared with ND4J. Read
 * {@link io.arrakis.runtime.engine.EngineBootstrap} first.
 */
package io.arrakis.runtime.engine;
