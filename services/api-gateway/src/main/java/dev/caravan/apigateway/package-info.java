/** REST outside, gRPC inside, and the web page. */
@NullMarked
package dev.caravan.apigateway;

import org.jspecify.annotations.NullMarked;
