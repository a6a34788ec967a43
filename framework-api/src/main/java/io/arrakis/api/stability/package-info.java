/**
 * How long a type of the API stays as it is. Every public type of {@code io.arrakis.api} carries one of these marks; a
 * build check holds that.
 */
package io.arrakis.api.stability;
