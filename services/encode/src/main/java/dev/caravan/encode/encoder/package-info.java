/** Makes of a raw file what players play. */
@NullMarked
package dev.caravan.encode.encoder;

import org.jspecify.annotations.NullMarked;
