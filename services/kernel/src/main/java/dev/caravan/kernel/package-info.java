/** The little that all services share. */
@NullMarked
package dev.caravan.kernel;

import org.jspecify.annotations.NullMarked;
