/** What a person sees: the only package that writes to the standard streams. Read {@link io.arrakis.runner.render.Console}. */
package io.arrakis.runner.render;
