/** A service's own database. */
@NullMarked
package dev.caravan.kernel.sql;

import org.jspecify.annotations.NullMarked;
