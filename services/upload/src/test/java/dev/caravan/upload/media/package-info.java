@NullMarked
package dev.caravan.upload.media;

import org.jspecify.annotations.NullMarked;
