/** The heavy kernels of the analyses, placed on the right device by the runtime. */
package io.arrakis.api.linalg;
