/** Messages of AMQP as they come in. */
@NullMarked
package dev.caravan.videocatalog.message;

import org.jspecify.annotations.NullMarked;
