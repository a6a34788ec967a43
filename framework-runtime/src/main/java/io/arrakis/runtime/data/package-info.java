/**
 * The data sources that come with the framework: texts in the experiment itself, text files, JSON lines, CSV. They use the same
 * interface as a stranger's. Read {@link io.arrakis.runtime.data.FileDataset} first.
 */
package io.arrakis.runtime.data;
