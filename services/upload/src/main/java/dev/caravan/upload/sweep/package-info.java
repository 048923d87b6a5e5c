/** What nobody published, and what belongs to nothing any more, goes out of the object store. */
@NullMarked
package dev.caravan.upload.sweep;

import org.jspecify.annotations.NullMarked;
