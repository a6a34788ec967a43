/** Everything behind the API; tools never see it. Each package below has one job and says who may use it. */
package io.arrakis.runtime;
