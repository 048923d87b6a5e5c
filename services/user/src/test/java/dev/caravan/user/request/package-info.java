/** Tests of what is asked of requests. */
@NullMarked
package dev.caravan.user.request;

import org.jspecify.annotations.NullMarked;
