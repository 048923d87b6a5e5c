/** Tells videos and images by their first bytes. */
@NullMarked
package dev.caravan.upload.media;

import org.jspecify.annotations.NullMarked;
