/** gRPC as Camel endpoints: real status codes, metadata, deadlines, health and reflection. */
@NullMarked
package dev.caravan.kernel.grpc;

import org.jspecify.annotations.NullMarked;
