/** Pictures of strangers, made anew: upright, in the sizes that pages need, and with nothing in them but the picture. */
@NullMarked
package dev.caravan.encode.picture;

import org.jspecify.annotations.NullMarked;
