/** Lines of the log that say what they belong to, and no secrets. */
@NullMarked
package dev.caravan.kernel.log;

import org.jspecify.annotations.NullMarked;
