/**
 * The knowledge graph extractor: what attention heads compare, which words they relate, and how sure that is.
 *
 * <p>Everything here is a plug-in's own; other modules reach it through {@link io.arrakis.api.ToolPlugin} alone. Read
 * {@link io.arrakis.tools.kg.ExtractRelationalSubspaces} first.
 */
package io.arrakis.tools.kg;
