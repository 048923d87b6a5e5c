/** The map of the running system: every service's routes as one graph. */
@NullMarked
package dev.caravan.apigateway.mesh;

import org.jspecify.annotations.NullMarked;
