/** The tool {@code k_prober}: how many senses a word shows at a layer, and which neurons hold a concept. */
package io.arrakis.tools.prober;
