/** The video-catalog service: states of videos, lists, signed playback URLs, the manifest origin. */
@NullMarked
package dev.caravan.videocatalog;

import org.jspecify.annotations.NullMarked;
