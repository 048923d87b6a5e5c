/** Messages that have to reach the broker. */
@NullMarked
package dev.caravan.videocatalog.outbox;

import org.jspecify.annotations.NullMarked;
