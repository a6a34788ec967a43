/**
 * How the values of parameter records are written: read from a tree with all that is wrong, made into records, written again,
 * described in a JSON Schema and in words, all from one declaration. Read {@link io.arrakis.runtime.spec.form.Form} first.
 */
package io.arrakis.runtime.spec.form;
