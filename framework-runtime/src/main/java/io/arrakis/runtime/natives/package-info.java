/**
 * Native libraries: where they are unpacked, how they are told to behave before they load, and whether they compute what
 * plain Java computes. Loads none of them itself. Read {@code NativeEnvironment}, then {@code NativeCheck}.
 */
package io.arrakis.runtime.natives;
