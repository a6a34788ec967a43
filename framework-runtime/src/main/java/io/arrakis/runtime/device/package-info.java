/**
 * What the machine has, and where the forward pass and the analyses go: one pure function. Read {@link
 * io.arrakis.runtime.device.Placements} first.
 */
package io.arrakis.runtime.device;
