/** Tests of the service on real servers. */
@NullMarked
package dev.caravan.encode;

import org.jspecify.annotations.NullMarked;
