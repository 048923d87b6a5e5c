/** Requests to servers that users name, which must not reach what only the platform should. */
@NullMarked
package dev.caravan.kernel.http.client;

import org.jspecify.annotations.NullMarked;
