/** Tests of routes that are written beside them. */
@NullMarked
package dev.caravan.routetests;

import org.jspecify.annotations.NullMarked;
