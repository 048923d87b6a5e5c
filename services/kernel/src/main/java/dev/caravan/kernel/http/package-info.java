/** HTTP into the routes. */
@NullMarked
package dev.caravan.kernel.http;

import org.jspecify.annotations.NullMarked;
