/**
 * Linear algebra on ND4J. Made by the runtime and handed to operations; nothing else uses it. Read {@code Nd4jLinearAlgebra}
 * first.
 */
package io.arrakis.runtime.linalg;
