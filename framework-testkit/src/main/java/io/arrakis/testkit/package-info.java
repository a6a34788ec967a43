/** Contract suites, tiny models and numeric assertions for the tests of tools and of the framework itself. */
package io.arrakis.testkit;
