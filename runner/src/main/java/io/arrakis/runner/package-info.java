/** The command {@code arrakis}. Nothing else may use this package; what prints is in {@code render}. */
package io.arrakis.runner;
