/** What the rest of the platform tells about videos. */
@NullMarked
package dev.caravan.videocatalog.event;

import org.jspecify.annotations.NullMarked;
