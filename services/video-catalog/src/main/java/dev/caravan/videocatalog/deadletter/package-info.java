/** Messages that nothing could be done with, of all services, as they are put into the inbox of an operator. */
@NullMarked
package dev.caravan.videocatalog.deadletter;

import org.jspecify.annotations.NullMarked;
