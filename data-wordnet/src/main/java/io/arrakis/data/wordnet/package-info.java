/** WordNet 3.1 as a data source: examples, definitions, words, classes and relation pairs. */
package io.arrakis.data.wordnet;
