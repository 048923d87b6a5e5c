/** Tests of how many attempts clients have. */
@NullMarked
package dev.caravan.authentication.throttle;

import org.jspecify.annotations.NullMarked;
