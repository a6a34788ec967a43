/** One class for each command. Each parses its options, calls the runtime, and prints through {@code render}. */
package io.arrakis.runner.command;
