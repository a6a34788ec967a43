/**
 * Texts with fields, and where they come from. Read {@link io.arrakis.api.data.DatasetSource} to add a kind of data source,
 * {@link io.arrakis.api.data.Dataset} to use one.
 */
package io.arrakis.api.data;
