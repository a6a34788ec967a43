/**
 * The built-in families of models: each a small class that reads its {@code config.json} and names its tensors. Read
 * {@link io.arrakis.runtime.model.family.ModelFamilies} first. No class here touches a native library.
 */
package io.arrakis.runtime.model.family;
