/** Tests of the map of the running system. */
@NullMarked
package dev.caravan.apigateway.mesh;

import org.jspecify.annotations.NullMarked;
