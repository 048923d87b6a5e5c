/** Links with which anybody sees a video that is private. */
@NullMarked
package dev.caravan.videocatalog.link;

import org.jspecify.annotations.NullMarked;
