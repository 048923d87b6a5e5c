/** Uploads in the object store. */
@NullMarked
package dev.caravan.upload.store;

import org.jspecify.annotations.NullMarked;
