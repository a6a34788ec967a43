/**
 * Tokenizers of Hugging Face's format, run by its native library. Read
 * {@link io.arrakis.runtime.model.tokenizer.TokenizerFiles} first; the rest of the runtime knows only
 * {@link io.arrakis.api.model.Tokenizer}.
 */
package io.arrakis.runtime.model.tokenizer;
