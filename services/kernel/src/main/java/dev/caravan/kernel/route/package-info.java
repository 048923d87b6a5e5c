/** Live editing of routes. */
@NullMarked
package dev.caravan.kernel.route;

import org.jspecify.annotations.NullMarked;
