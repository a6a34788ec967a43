/** What the authors of tools, data sources and model families compile against. Read {@code ToolPlugin} first. */
package io.arrakis.api;
