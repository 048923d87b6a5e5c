/** Captions and chapters: what is taken of what people and files bring, and what is kept of it. */
@NullMarked
package dev.caravan.videocatalog.caption;

import org.jspecify.annotations.NullMarked;
