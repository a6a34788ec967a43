/** The tool {@code kg_extractor}: relational subspaces of attention heads, and the relations that they carry. */
package io.arrakis.tools.kg;
