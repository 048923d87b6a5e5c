/** How many attempts a client has, by its address and by the account that it tries. */
@NullMarked
package dev.caravan.authentication.throttle;

import org.jspecify.annotations.NullMarked;
