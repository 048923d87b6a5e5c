/** What players report of playback. */
@NullMarked
package dev.caravan.videocatalog.playback;

import org.jspecify.annotations.NullMarked;
