/** What a service tells of itself at /metrics, beside what Camel, Spring Boot and gRPC measure. */
@NullMarked
package dev.caravan.kernel.metrics;

import org.jspecify.annotations.NullMarked;
