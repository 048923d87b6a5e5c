/** One trace from a client's request to all that it leads to, by OpenTelemetry. */
@NullMarked
package dev.caravan.kernel.trace;

import org.jspecify.annotations.NullMarked;
