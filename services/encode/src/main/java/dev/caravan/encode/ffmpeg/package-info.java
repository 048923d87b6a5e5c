/** Runs ffmpeg and ffprobe. */
@NullMarked
package dev.caravan.encode.ffmpeg;

import org.jspecify.annotations.NullMarked;
