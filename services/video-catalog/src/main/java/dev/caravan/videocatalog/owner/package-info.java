/** Whose a video is: names and pictures, from the user service. */
@NullMarked
package dev.caravan.videocatalog.owner;

import org.jspecify.annotations.NullMarked;
