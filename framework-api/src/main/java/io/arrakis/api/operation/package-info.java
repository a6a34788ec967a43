/**
 * What a tool is made of: operations, their parameters, what they need before they run and what they get when they run. Read
 * {@link io.arrakis.api.operation.Operation} first.
 */
package io.arrakis.api.operation;
