/** What can be wrong, where, and how to mend it. Read {@link io.arrakis.api.problem.Problem} first. */
package io.arrakis.api.problem;
