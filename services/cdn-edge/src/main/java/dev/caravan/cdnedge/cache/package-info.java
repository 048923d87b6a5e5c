/** What the edge keeps of the object store: files on disk, and an index in memory. */
@NullMarked
package dev.caravan.cdnedge.cache;

import org.jspecify.annotations.NullMarked;
