/** Tests of revocations in Redis. */
@NullMarked
package dev.caravan.authentication.blacklist;

import org.jspecify.annotations.NullMarked;
