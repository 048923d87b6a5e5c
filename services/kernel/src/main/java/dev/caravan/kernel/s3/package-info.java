/** Clients of the object store. */
@NullMarked
package dev.caravan.kernel.s3;

import org.jspecify.annotations.NullMarked;
