/** AMQP as Camel endpoints: a message is sent when the broker has said so. */
@NullMarked
package dev.caravan.kernel.amqp;

import org.jspecify.annotations.NullMarked;
