/** HTTP into the routes, and what is wrong back out. */
@NullMarked
package dev.caravan.kernel.http;

import org.jspecify.annotations.NullMarked;
