/**
 * Names of the places inside a forward pass, and changes made there, as plain values.
 *
 * <p>Read {@link io.arrakis.api.hook.HookPoint} first: it is the table of all hook points. Everything here is immutable,
 * touches no native library and knows no particular model.
 */
package io.arrakis.api.hook;
