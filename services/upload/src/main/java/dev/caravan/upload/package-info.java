/** Raw videos into the object store, announced once. */
@NullMarked
package dev.caravan.upload;

import org.jspecify.annotations.NullMarked;
